package io.multiprocessing.testkit.threads;

import io.multiprocessing.testkit.contract.TypecodeTextContract;

class ThreadsTypecodeTextTest extends TypecodeTextContract {
    @Override
    protected String uri() {
        return "threads:";
    }
}
