package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.ProcessMisuseContract;
import org.junit.jupiter.api.extension.ExtendWith;

/** For a process that is started cold; see {@link LocalStandByProcessTest}. */
@ExtendWith(OwnFolder.class)
class LocalProcessMisuseTest extends ProcessMisuseContract {
    @Override
    protected String uri() {
        return "local:?standby=0";
    }
}
