package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.ManagedSynchronizationContract;
import org.junit.jupiter.api.extension.ExtendWith;

/** As {@link LocalManagedSynchronizationTest}, of a manager that serves at a port of this machine. */
@ExtendWith({OwnFolderOfClass.class, Loopback.class})
class RemoteManagedSynchronizationTest extends ManagedSynchronizationContract {
    @Override
    protected String uri() {
        return "local:?standby=0";
    }
}
