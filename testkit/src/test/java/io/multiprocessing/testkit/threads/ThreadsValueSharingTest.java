package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.ValueSharingContract;

class ThreadsValueSharingTest extends ValueSharingContract {
    @Override
    protected String uri() {
        return "threads:";
    }
}
