package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.ContextContract;

class ThreadsContextTest extends ContextContract {
    @Override
    protected String uri() {
        return "threads:";
    }

    @Override
    protected boolean isEachProcessAJvm() {
        return false;
    }
}
