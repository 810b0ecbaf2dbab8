package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.ConditionSignalContract;

class ThreadsConditionSignalTest extends ConditionSignalContract {
    @Override
    protected String uri() {
        return "threads:";
    }
}
