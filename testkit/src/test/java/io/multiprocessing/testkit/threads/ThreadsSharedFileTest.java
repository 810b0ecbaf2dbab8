package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.SharedFileContract;

class ThreadsSharedFileTest extends SharedFileContract {
    @Override
    protected String uri() {
        return "threads:";
    }
}
