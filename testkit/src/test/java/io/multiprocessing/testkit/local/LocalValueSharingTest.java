package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.ValueSharingContract;

class LocalValueSharingTest extends ValueSharingContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
