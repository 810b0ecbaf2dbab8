package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.ManagedContainersContract;
import org.junit.jupiter.api.extension.ExtendWith;

/** As {@link LocalManagedContainersTest}, of a manager that serves at a port of this machine. */
@ExtendWith({OwnFolderOfClass.class, Loopback.class})
class RemoteManagedContainersTest extends ManagedContainersContract {
    @Override
    protected String uri() {
        return "local:?standby=0";
    }
}
