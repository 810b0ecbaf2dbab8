package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.QueueMisuseContract;

class LocalQueueMisuseTest extends QueueMisuseContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
