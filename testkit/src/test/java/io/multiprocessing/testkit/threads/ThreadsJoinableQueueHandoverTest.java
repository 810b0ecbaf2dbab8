package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.JoinableQueueHandoverContract;

class ThreadsJoinableQueueHandoverTest extends JoinableQueueHandoverContract {
    @Override
    protected String uri() {
        return "threads:";
    }
}
