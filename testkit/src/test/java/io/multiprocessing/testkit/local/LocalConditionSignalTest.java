package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.ConditionSignalContract;

class LocalConditionSignalTest extends ConditionSignalContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
