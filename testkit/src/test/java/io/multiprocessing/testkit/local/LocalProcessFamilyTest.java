package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.ProcessFamilyContract;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OwnFolder.class)
class LocalProcessFamilyTest extends ProcessFamilyContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
