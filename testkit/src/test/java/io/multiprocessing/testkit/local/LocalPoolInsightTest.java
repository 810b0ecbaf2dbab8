package io.multiprocessing.testkit.local;

import io.multiprocessing.testkit.contract.PoolInsightContract;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OwnFolder.class)
class LocalPoolInsightTest extends PoolInsightContract {
    @Override
    protected String uri() {
        return "local:";
    }
}
