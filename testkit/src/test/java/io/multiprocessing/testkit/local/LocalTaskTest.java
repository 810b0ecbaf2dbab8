package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.TaskContract;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OwnFolder.class)
class LocalTaskTest extends TaskContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
