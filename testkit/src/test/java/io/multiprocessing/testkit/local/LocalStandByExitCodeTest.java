package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.ExitCodeContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** As {@link LocalExitCodeTest}, for a process that comes from stand-by. */
@ExtendWith(OwnFolder.class)
class LocalStandByExitCodeTest extends ExitCodeContract {
    @Override
    protected String uri() {
        return "local:?standby=1";
    }

    @BeforeEach
    void prepare() throws Exception {
        StandByJvms.prepare(mp);
    }

    @Override
    protected void settle() throws Exception {
        StandByJvms.awaitReady(mp);
    }
}
