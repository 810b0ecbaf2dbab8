package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.QueueHandoverContract;

class LocalQueueHandoverTest extends QueueHandoverContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
