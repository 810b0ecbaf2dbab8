package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.PoolWorkersContract;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OwnFolder.class)
class LocalPoolWorkersTest extends PoolWorkersContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
