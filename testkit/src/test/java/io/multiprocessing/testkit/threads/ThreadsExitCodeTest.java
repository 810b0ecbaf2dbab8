package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.ExitCodeContract;

class ThreadsExitCodeTest extends ExitCodeContract {
    @Override
    protected String uri() {
        return "threads:";
    }

    @Override
    protected boolean isEachProcessAJvm() {
        return false;
    }
}
