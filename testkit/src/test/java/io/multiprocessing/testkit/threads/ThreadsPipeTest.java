package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.PipeContract;

class ThreadsPipeTest extends PipeContract {
    @Override
    protected String uri() {
        return "threads:";
    }

    @Override
    protected boolean isSentInParts() {
        return false;
    }
}
