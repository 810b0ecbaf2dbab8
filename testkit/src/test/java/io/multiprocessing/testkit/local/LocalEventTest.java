package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.EventContract;

class LocalEventTest extends EventContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
