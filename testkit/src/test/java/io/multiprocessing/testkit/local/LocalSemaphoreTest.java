package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.SemaphoreContract;

class LocalSemaphoreTest extends SemaphoreContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
