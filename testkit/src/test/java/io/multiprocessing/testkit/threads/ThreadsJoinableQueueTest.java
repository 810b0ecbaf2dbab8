package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.JoinableQueueContract;

class ThreadsJoinableQueueTest extends JoinableQueueContract {
    @Override
    protected String uri() {
        return "threads:";
    }
}
