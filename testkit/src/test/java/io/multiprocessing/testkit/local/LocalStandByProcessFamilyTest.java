package io.multiprocessing.testkit.local;

import io.multiprocessing.Context;
import io.multiprocessing.testkit.contract.ProcessFamilyContract;
import org.junit.jupiter.api.extension.RegisterExtension;

/** As {@link LocalProcessFamilyTest}, for a process that comes from stand-by. */
class LocalStandByProcessFamilyTest extends ProcessFamilyContract {
    @RegisterExtension
    static final ContextOnStandBy KEPT = new ContextOnStandBy();

    @Override
    protected String uri() {
        return ContextOnStandBy.URI;
    }

    @Override
    protected Context beginTest() throws Exception {
        return KEPT.begin();
    }

    @Override
    protected void endTest() throws Exception {
        KEPT.end();
    }

    @Override
    protected void settle() throws Exception {
        StandByJvms.awaitReady(mp);
    }
}
