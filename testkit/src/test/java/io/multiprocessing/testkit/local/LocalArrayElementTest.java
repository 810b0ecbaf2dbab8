package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.ArrayElementContract;

class LocalArrayElementTest extends ArrayElementContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
