package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.QueueReadinessContract;

class ThreadsQueueReadinessTest extends QueueReadinessContract {
    @Override
    protected String uri() {
        return "threads:";
    }
}
