package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.ManagedSynchronizationContract;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OwnFolderOfClass.class)
class LocalManagedSynchronizationTest extends ManagedSynchronizationContract {
    @Override
    protected String uri() {
        return "local:?standby=0";
    }
}
