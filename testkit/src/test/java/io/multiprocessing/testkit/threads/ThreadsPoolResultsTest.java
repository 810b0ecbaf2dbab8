package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.PoolResultsContract;

class ThreadsPoolResultsTest extends PoolResultsContract {
    @Override
    protected String uri() {
        return "threads:";
    }

    @Override
    protected boolean isEachProcessAJvm() {
        return false;
    }
}
