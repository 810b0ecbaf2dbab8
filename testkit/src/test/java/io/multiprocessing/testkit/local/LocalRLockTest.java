package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.RLockContract;

class LocalRLockTest extends RLockContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
