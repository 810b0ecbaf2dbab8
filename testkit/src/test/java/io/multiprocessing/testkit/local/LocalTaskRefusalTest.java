package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.TaskRefusalContract;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OwnFolder.class)
class LocalTaskRefusalTest extends TaskRefusalContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
