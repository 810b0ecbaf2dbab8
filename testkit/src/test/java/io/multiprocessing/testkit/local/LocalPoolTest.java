package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.PoolContract;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OwnFolder.class)
class LocalPoolTest extends PoolContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
