package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.SimpleQueueContract;

class ThreadsSimpleQueueTest extends SimpleQueueContract {
    @Override
    protected String uri() {
        return "threads:";
    }
}
