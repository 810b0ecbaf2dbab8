package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.ManagedSynchronizationContract;

class ThreadsManagedSynchronizationTest extends ManagedSynchronizationContract {
    @Override
    protected String uri() {
        return "threads:";
    }

    @Override
    protected boolean isEachProcessAJvm() {
        return false;
    }
}
