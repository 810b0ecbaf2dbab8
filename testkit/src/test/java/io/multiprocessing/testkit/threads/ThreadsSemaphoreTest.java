package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.SemaphoreContract;

class ThreadsSemaphoreTest extends SemaphoreContract {
    @Override
    protected String uri() {
        return "threads:";
    }
}
