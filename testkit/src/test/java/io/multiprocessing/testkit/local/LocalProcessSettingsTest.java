package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.ProcessSettingsContract;
import org.junit.jupiter.api.extension.ExtendWith;

/** For a process that is started cold; see {@link LocalStandByProcessSettingsTest}. */
@ExtendWith(OwnFolder.class)
class LocalProcessSettingsTest extends ProcessSettingsContract {
    @Override
    protected String uri() {
        return "local:?standby=0";
    }
}
