package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.PoolUnreadableContract;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OwnFolder.class)
class LocalPoolUnreadableTest extends PoolUnreadableContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
