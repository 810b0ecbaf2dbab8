package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.ValueContract;

class LocalValueTest extends ValueContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
