package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.PoolFailureContract;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OwnFolder.class)
class LocalPoolFailureTest extends PoolFailureContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
