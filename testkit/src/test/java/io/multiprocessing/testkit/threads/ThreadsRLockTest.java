package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.RLockContract;

class ThreadsRLockTest extends RLockContract {
    @Override
    protected String uri() {
        return "threads:";
    }
}
