package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.TypecodeContract;

class LocalTypecodeTest extends TypecodeContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
