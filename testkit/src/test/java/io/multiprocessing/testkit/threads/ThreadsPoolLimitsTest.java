package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.PoolLimitsContract;

/** What needs no kill: a worker that is a thread can't die alone. */
class ThreadsPoolLimitsTest extends PoolLimitsContract {
    @Override
    protected String uri() {
        return "threads:";
    }

    @Override
    protected boolean isEachProcessAJvm() {
        return false;
    }
}
