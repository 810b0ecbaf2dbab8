package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.ProcessContract;
import org.junit.jupiter.api.extension.ExtendWith;

/** For a process that is started cold; see {@link LocalStandByProcessTest}. */
@ExtendWith(OwnFolder.class)
class LocalProcessTest extends ProcessContract {
    @Override
    protected String uri() {
        return "local:?standby=0";
    }
}
