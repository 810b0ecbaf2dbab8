package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.TypecodeContract;

class ThreadsTypecodeTest extends TypecodeContract {
    @Override
    protected String uri() {
        return "threads:";
    }
}
