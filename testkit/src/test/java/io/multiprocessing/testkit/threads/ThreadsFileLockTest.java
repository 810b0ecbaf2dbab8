package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.FileLockContract;

class ThreadsFileLockTest extends FileLockContract {
    @Override
    protected String uri() {
        return "threads:";
    }
}
