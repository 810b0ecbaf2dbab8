package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.PoolLimitsContract;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OwnFolder.class)
class LocalPoolLimitsTest extends PoolLimitsContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
