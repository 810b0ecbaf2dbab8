package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.ContextContract;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OwnFolder.class)
class LocalContextTest extends ContextContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
