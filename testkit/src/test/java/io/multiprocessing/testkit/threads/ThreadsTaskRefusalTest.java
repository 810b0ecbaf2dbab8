package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.TaskRefusalContract;

class ThreadsTaskRefusalTest extends TaskRefusalContract {
    @Override
    protected String uri() {
        return "threads:";
    }

    @Override
    protected boolean isEachProcessAJvm() {
        return false;
    }
}
