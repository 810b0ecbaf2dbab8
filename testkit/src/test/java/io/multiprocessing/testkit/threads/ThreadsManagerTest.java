package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.ManagerContract;

class ThreadsManagerTest extends ManagerContract {
    @Override
    protected String uri() {
        return "threads:";
    }

    @Override
    protected boolean isEachProcessAJvm() {
        return false;
    }
}
