package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.PoolBeginContract;

/** What needs no kill: a worker that is a thread can't die alone. */
class ThreadsPoolBeginTest extends PoolBeginContract {
    @Override
    protected String uri() {
        return "threads:";
    }

    @Override
    protected boolean isEachProcessAJvm() {
        return false;
    }
}
