package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.ConditionContract;

class LocalConditionTest extends ConditionContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
