package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.JoinableQueueContract;

class LocalJoinableQueueTest extends JoinableQueueContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
