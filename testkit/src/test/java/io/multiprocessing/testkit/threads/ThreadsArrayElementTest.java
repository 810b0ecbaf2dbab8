package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.ArrayElementContract;

class ThreadsArrayElementTest extends ArrayElementContract {
    @Override
    protected String uri() {
        return "threads:";
    }
}
