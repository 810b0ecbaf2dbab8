package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.ManagedContainersContract;

class ThreadsManagedContainersTest extends ManagedContainersContract {
    @Override
    protected String uri() {
        return "threads:";
    }

    @Override
    protected boolean isEachProcessAJvm() {
        return false;
    }
}
