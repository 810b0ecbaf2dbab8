package io.multiprocessing.testkit.local;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.Context;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.testkit.contract.KeptContext;
import io.multiprocessing.testkit.contract.ProcessSuite;
import io.multiprocessing.testkit.jvm.Await;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;

/**
 * One context for all tests of a class, in a folder of its own, with a JVM on stand-by for each test: to bring a context to
 * that takes longer than most tests. After a test nothing else may be there; the test after one that has closed the context
 * gets a new one.
 */
final class ContextOnStandBy implements KeptContext, BeforeAllCallback, TestInstancePostProcessor, AfterAllCallback {
    static final String URI = "local:?standby=1";

    private final StandByTimes times = new StandByTimes();
    private final OwnFolder folder = new OwnFolder();
    private @Nullable Context mp;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        folder.beforeEach(context);
        times.beforeAll(context);
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        try {
            if (mp != null) {
                mp.close();
            }
            assertThat(StandByJvms.pids()).isEmpty();
        } finally {
            times.afterAll(context);
            folder.afterEach(context);
        }
    }

    @Override
    public void postProcessTestInstance(Object suite, ExtensionContext context) {
        ((ProcessSuite) suite).use(this);
    }

    /** The context for a test, in which a JVM is on stand-by. */
    @Override
    public Context begin() throws Exception {
        Context kept = mp;
        if (kept == null || kept.isClosed()) {
            kept = Multiprocessing.open(URI);
            mp = kept;
            StandByJvms.prepare(kept);
        }
        return kept;
    }

    /** Waits until the context is again as it was. */
    @Override
    public void end() throws Exception {
        Context kept = mp;
        boolean stays = kept != null && !kept.isClosed();
        Await.until(
                "all processes have ended",
                () -> Multiprocessing.activeChildren().isEmpty());
        if (stays) {
            StandByJvms.awaitReady(kept);
        }
        int left = stays ? 1 : 0;
        Await.until(
                "but " + left + " all processes are gone",
                () -> StandByJvms.pids().size() == left
                        && StandByJvms.undertakers().size() == left);
        Await.until(
                "but " + left + " all contexts are gone", () -> OwnFolder.entries(OwnFolder.current()).length == left);
    }

    @Override
    public void settle() throws Exception {
        StandByJvms.awaitReady(requireNonNull(mp));
    }
}
