package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.ArrayContract;

class ThreadsArrayTest extends ArrayContract {
    @Override
    protected String uri() {
        return "threads:";
    }
}
