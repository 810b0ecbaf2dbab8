package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.JoinableQueueHandoverContract;

class LocalJoinableQueueHandoverTest extends JoinableQueueHandoverContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
