package io.multiprocessing.testkit.contract;

import io.multiprocessing.Context;
import io.multiprocessing.Manager;

/** Where the managers of tests come from. */
public interface ManagerSource {
    /** Starts the manager that is tested. */
    Manager start(Context mp) throws Exception;

    /** The manager as its clients have it, who have to connect. */
    Manager client(Context mp, Manager started) throws Exception;
}
