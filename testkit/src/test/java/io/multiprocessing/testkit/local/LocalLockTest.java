package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.LockContract;

class LocalLockTest extends LockContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
