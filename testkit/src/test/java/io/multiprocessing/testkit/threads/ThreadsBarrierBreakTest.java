package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.BarrierBreakContract;

class ThreadsBarrierBreakTest extends BarrierBreakContract {
    @Override
    protected String uri() {
        return "threads:";
    }
}
