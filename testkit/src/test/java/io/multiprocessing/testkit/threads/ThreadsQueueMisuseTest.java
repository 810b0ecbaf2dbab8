package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.QueueMisuseContract;

class ThreadsQueueMisuseTest extends QueueMisuseContract {
    @Override
    protected String uri() {
        return "threads:";
    }
}
