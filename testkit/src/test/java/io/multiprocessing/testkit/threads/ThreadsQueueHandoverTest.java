package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.QueueHandoverContract;

class ThreadsQueueHandoverTest extends QueueHandoverContract {
    @Override
    protected String uri() {
        return "threads:";
    }
}
