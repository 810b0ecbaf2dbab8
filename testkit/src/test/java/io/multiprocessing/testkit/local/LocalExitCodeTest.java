package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.ExitCodeContract;
import org.junit.jupiter.api.extension.ExtendWith;

/** For a process that is started cold; see {@link LocalStandByExitCodeTest}. */
@ExtendWith(OwnFolder.class)
class LocalExitCodeTest extends ExitCodeContract {
    @Override
    protected String uri() {
        return "local:?standby=0";
    }
}
