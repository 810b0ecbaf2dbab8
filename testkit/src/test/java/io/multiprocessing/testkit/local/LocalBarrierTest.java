package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.BarrierContract;

class LocalBarrierTest extends BarrierContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
