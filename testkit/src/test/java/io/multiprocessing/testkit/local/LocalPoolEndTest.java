package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.PoolEndContract;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OwnFolder.class)
class LocalPoolEndTest extends PoolEndContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
