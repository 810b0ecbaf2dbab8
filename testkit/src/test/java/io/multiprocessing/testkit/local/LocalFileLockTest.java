package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.FileLockContract;

class LocalFileLockTest extends FileLockContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
