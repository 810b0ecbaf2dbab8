package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.QueueContract;

class ThreadsQueueTest extends QueueContract {
    @Override
    protected String uri() {
        return "threads:";
    }
}
