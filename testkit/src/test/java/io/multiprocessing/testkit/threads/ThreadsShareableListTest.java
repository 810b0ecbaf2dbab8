package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.ShareableListContract;

class ThreadsShareableListTest extends ShareableListContract {
    @Override
    protected String uri() {
        return "threads:";
    }

    @Override
    protected boolean isEachProcessAJvm() {
        return false;
    }
}
