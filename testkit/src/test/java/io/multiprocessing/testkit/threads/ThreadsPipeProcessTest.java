package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.PipeProcessContract;

class ThreadsPipeProcessTest extends PipeProcessContract {
    @Override
    protected String uri() {
        return "threads:";
    }

    @Override
    protected boolean isEachProcessAJvm() {
        return false;
    }
}
