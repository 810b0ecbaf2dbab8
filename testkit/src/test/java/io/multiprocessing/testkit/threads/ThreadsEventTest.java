package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.EventContract;

class ThreadsEventTest extends EventContract {
    @Override
    protected String uri() {
        return "threads:";
    }
}
