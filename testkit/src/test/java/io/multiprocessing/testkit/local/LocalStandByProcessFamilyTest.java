package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.ProcessFamilyContract;
import org.junit.jupiter.api.extension.ExtendWith;

/** As {@link LocalProcessFamilyTest}, for a process that comes from stand-by. */
@ExtendWith(ContextOnStandBy.class)
class LocalStandByProcessFamilyTest extends ProcessFamilyContract {
    @Override
    protected String uri() {
        return ContextOnStandBy.URI;
    }
}
