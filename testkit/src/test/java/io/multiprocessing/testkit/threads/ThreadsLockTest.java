package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.LockContract;

class ThreadsLockTest extends LockContract {
    @Override
    protected String uri() {
        return "threads:";
    }
}
