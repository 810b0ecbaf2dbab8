package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.PoolResultsContract;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OwnFolder.class)
class LocalPoolResultsTest extends PoolResultsContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
