package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.QueueWaitingContract;

class ThreadsQueueWaitingTest extends QueueWaitingContract {
    @Override
    protected String uri() {
        return "threads:";
    }
}
