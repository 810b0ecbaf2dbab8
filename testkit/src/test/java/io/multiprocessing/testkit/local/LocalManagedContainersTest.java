package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.ManagedContainersContract;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OwnFolderOfClass.class)
class LocalManagedContainersTest extends ManagedContainersContract {
    @Override
    protected String uri() {
        return "local:?standby=0";
    }
}
