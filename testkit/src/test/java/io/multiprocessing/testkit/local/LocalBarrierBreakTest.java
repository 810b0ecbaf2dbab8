package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.BarrierBreakContract;

class LocalBarrierBreakTest extends BarrierBreakContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
