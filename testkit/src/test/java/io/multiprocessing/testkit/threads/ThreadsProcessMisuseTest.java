package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.ProcessMisuseContract;

class ThreadsProcessMisuseTest extends ProcessMisuseContract {
    @Override
    protected String uri() {
        return "threads:";
    }

    @Override
    protected boolean isEachProcessAJvm() {
        return false;
    }
}
