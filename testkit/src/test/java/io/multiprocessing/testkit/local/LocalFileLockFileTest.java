package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.FileLockFileContract;

class LocalFileLockFileTest extends FileLockFileContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
