package io.multiprocessing.testkit.contract;

import io.multiprocessing.Context;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.testkit.jvm.Await;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Tests that have one manager all together, for none of them ends it: to start it takes longer than most tests. */
@TestInstance(Lifecycle.PER_CLASS)
public abstract class KeptManagerSuite extends ManagerSuite {
    private boolean isStarted;
    private Set<ProcessHandle> staying = Set.of();

    @Override
    protected Context beginTest() throws Exception {
        if (!isStarted) {
            mp = Multiprocessing.open(uri());
            startAndConnect();
            isStarted = true;
            staying = processes();
        }
        return mp;
    }

    @Override
    protected void endTest() throws Exception {
        Await.until("there is but the manager", () -> staying.containsAll(processes()));
    }

    private static Set<ProcessHandle> processes() {
        return ProcessHandle.current().descendants().collect(Collectors.toSet());
    }

    @AfterAll
    void closeAll() throws Exception {
        if (isStarted) {
            super.endTest();
        }
    }
}
