package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.ManagerContract;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OwnFolder.class)
class LocalManagerTest extends ManagerContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
