package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.ProcessMisuseContract;
import org.junit.jupiter.api.extension.ExtendWith;

/** As {@link LocalProcessMisuseTest}, for a process that comes from stand-by. */
@ExtendWith(ContextOnStandBy.class)
class LocalStandByProcessMisuseTest extends ProcessMisuseContract {
    @Override
    protected String uri() {
        return ContextOnStandBy.URI;
    }
}
