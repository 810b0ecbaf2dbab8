package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.BarrierContract;

class ThreadsBarrierTest extends BarrierContract {
    @Override
    protected String uri() {
        return "threads:";
    }
}
