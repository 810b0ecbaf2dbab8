package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.QueueReadinessContract;

class LocalQueueReadinessTest extends QueueReadinessContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
