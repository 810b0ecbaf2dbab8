package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.PoolServiceContract;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OwnFolder.class)
class LocalPoolServiceTest extends PoolServiceContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
