package io.multiprocessing.testkit.local;

import io.multiprocessing.Manager;
import io.multiprocessing.testkit.contract.ManagerContract;
import org.junit.jupiter.api.extension.ExtendWith;

/** A manager that serves at a port of this machine; all its clients but the first connect to that. */
@ExtendWith(OwnFolder.class)
class RemoteManagerTest extends ManagerContract {
    @Override
    protected String uri() {
        return "local:";
    }

    @Override
    protected Manager startManager() throws Exception {
        return Loopback.serve(mp);
    }

    @Override
    protected Manager client(Manager started) throws Exception {
        return Loopback.connect(mp, started);
    }
}
