package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.ProcessContract;
import org.junit.jupiter.api.extension.ExtendWith;

/** As {@link LocalProcessTest}, for a process that comes from stand-by. */
@ExtendWith(ContextOnStandBy.class)
class LocalStandByProcessTest extends ProcessContract {
    @Override
    protected String uri() {
        return ContextOnStandBy.URI;
    }
}
