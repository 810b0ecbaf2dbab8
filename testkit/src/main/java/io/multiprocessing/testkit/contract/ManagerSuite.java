package io.multiprocessing.testkit.contract;

import io.multiprocessing.Manager;

/** Tests that have a manager. */
@SuppressWarnings("NullAway.Init") // it is there before each test: see startAndConnect
public abstract class ManagerSuite extends ProcessSuite {
    /** As who has started it has it. */
    protected Manager started;

    /** As its clients have it. */
    protected Manager manager;

    /** Starts the manager that is tested. */
    protected Manager startManager() throws Exception {
        return mp.manager();
    }

    /** The manager as its clients have it; another one than {@code started} if they have to connect. */
    protected Manager client(Manager started) throws Exception {
        return started;
    }

    final void startAndConnect() throws Exception {
        started = startManager();
        manager = client(started);
    }
}
