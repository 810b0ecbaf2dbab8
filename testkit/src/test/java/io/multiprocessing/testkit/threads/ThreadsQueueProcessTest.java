package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.QueueProcessContract;

class ThreadsQueueProcessTest extends QueueProcessContract {
    @Override
    protected String uri() {
        return "threads:";
    }

    @Override
    protected boolean isEachProcessAJvm() {
        return false;
    }
}
