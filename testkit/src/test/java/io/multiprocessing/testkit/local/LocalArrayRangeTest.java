package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.ArrayRangeContract;

class LocalArrayRangeTest extends ArrayRangeContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
