package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.PoolWorkersContract;

class ThreadsPoolWorkersTest extends PoolWorkersContract {
    @Override
    protected String uri() {
        return "threads:";
    }

    @Override
    protected boolean isEachProcessAJvm() {
        return false;
    }
}
