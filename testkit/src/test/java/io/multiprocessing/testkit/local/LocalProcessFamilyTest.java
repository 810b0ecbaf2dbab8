package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.ProcessFamilyContract;
import org.junit.jupiter.api.extension.ExtendWith;

/** For a process that is started cold; see {@link LocalStandByProcessFamilyTest}. */
@ExtendWith(OwnFolder.class)
class LocalProcessFamilyTest extends ProcessFamilyContract {
    @Override
    protected String uri() {
        return "local:?standby=0";
    }
}
