package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.ArrayRangeContract;

class ThreadsArrayRangeTest extends ArrayRangeContract {
    @Override
    protected String uri() {
        return "threads:";
    }
}
