package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.SimpleQueueContract;

class LocalSimpleQueueTest extends SimpleQueueContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
