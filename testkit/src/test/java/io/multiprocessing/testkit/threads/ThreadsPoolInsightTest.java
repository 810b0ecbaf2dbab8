package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.PoolInsightContract;

class ThreadsPoolInsightTest extends PoolInsightContract {
    @Override
    protected String uri() {
        return "threads:";
    }

    @Override
    protected boolean isEachProcessAJvm() {
        return false;
    }
}
