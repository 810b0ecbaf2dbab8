package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.SharedFileContract;

class LocalSharedFileTest extends SharedFileContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
