package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.ProcessFamilyContract;

class ThreadsProcessFamilyTest extends ProcessFamilyContract {
    @Override
    protected String uri() {
        return "threads:";
    }

    @Override
    protected boolean isEachProcessAJvm() {
        return false;
    }
}
