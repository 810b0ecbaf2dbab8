package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.ManagerContract;
import org.junit.jupiter.api.extension.ExtendWith;

/** A manager that serves at a port of this machine; all its clients but the first connect to that. */
@ExtendWith({OwnFolder.class, Loopback.class})
class RemoteManagerTest extends ManagerContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
