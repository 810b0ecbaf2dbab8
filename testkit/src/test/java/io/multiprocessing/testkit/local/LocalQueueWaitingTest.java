package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.QueueWaitingContract;

class LocalQueueWaitingTest extends QueueWaitingContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
