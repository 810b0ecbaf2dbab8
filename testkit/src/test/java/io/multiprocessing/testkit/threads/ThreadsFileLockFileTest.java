package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.FileLockFileContract;

class ThreadsFileLockFileTest extends FileLockFileContract {
    @Override
    protected String uri() {
        return "threads:";
    }

    @Override
    protected boolean isEachProcessAJvm() {
        return false;
    }
}
