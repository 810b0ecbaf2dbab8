package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.PoolFailureContract;

class ThreadsPoolFailureTest extends PoolFailureContract {
    @Override
    protected String uri() {
        return "threads:";
    }

    @Override
    protected boolean isEachProcessAJvm() {
        return false;
    }
}
