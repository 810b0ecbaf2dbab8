package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.PoolEndContract;

class ThreadsPoolEndTest extends PoolEndContract {
    @Override
    protected String uri() {
        return "threads:";
    }

    @Override
    protected boolean isEachProcessAJvm() {
        return false;
    }
}
