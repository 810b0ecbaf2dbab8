package io.multiprocessing.testkit.contract;

import io.multiprocessing.Manager;
import org.jspecify.annotations.Nullable;

/** Tests that have a manager. */
@SuppressWarnings("NullAway.Init") // it is there before each test: see startAndConnect
public abstract class ManagerSuite extends ProcessSuite {
    /** As who has started it has it. */
    protected Manager started;

    /** As its clients have it; another one than {@code started} if they have to connect. */
    protected Manager manager;

    private @Nullable ManagerSource source;

    /** Has the tests use another manager than that which a context starts for itself. */
    public final void use(ManagerSource managers) {
        source = managers;
    }

    final void startAndConnect() throws Exception {
        started = source == null ? mp.manager() : source.start(mp);
        manager = source == null ? started : source.client(mp, started);
    }
}
