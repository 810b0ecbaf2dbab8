package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.PoolServiceContract;

class ThreadsPoolServiceTest extends PoolServiceContract {
    @Override
    protected String uri() {
        return "threads:";
    }

    @Override
    protected boolean isEachProcessAJvm() {
        return false;
    }
}
