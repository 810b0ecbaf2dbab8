package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.ShareableListContract;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OwnFolder.class)
class LocalShareableListTest extends ShareableListContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
