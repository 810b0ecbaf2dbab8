package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.TaskContract;

class ThreadsTaskTest extends TaskContract {
    @Override
    protected String uri() {
        return "threads:";
    }

    @Override
    protected boolean isEachProcessAJvm() {
        return false;
    }
}
