package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.QueueContract;

class LocalQueueTest extends QueueContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
