package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.ProcessContract;

class ThreadsProcessTest extends ProcessContract {
    @Override
    protected String uri() {
        return "threads:";
    }

    @Override
    protected boolean isEachProcessAJvm() {
        return false;
    }
}
