package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.ConditionContract;

class ThreadsConditionTest extends ConditionContract {
    @Override
    protected String uri() {
        return "threads:";
    }
}
