package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.ProcessSettingsContract;
import org.junit.jupiter.api.extension.ExtendWith;

/** As {@link LocalProcessSettingsTest}, for a process that comes from stand-by. */
@ExtendWith(ContextOnStandBy.class)
class LocalStandByProcessSettingsTest extends ProcessSettingsContract {
    @Override
    protected String uri() {
        return ContextOnStandBy.URI;
    }
}
