package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.SharedMemoryContract;

class ThreadsSharedMemoryTest extends SharedMemoryContract {
    @Override
    protected String uri() {
        return "threads:";
    }

    @Override
    protected boolean isEachProcessAJvm() {
        return false;
    }
}
