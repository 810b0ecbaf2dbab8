package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.PoolBeginContract;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OwnFolder.class)
class LocalPoolBeginTest extends PoolBeginContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
