package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.ValueContract;

class ThreadsValueTest extends ValueContract {
    @Override
    protected String uri() {
        return "threads:";
    }
}
