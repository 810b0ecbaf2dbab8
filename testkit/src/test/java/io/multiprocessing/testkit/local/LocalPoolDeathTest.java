package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.PoolDeathContract;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OwnFolder.class)
class LocalPoolDeathTest extends PoolDeathContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
