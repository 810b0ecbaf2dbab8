package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.TypecodeTextContract;

class LocalTypecodeTextTest extends TypecodeTextContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
