package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.PipeContract;

class LocalPipeTest extends PipeContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
