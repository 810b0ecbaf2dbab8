package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.ExitCodeContract;
import org.junit.jupiter.api.extension.ExtendWith;

/** As {@link LocalExitCodeTest}, for a process that comes from stand-by. */
@ExtendWith(ContextOnStandBy.class)
class LocalStandByExitCodeTest extends ExitCodeContract {
    @Override
    protected String uri() {
        return ContextOnStandBy.URI;
    }
}
