package io.multiprocessing.testkit.local;

import io.multiprocessing.Context;
import io.multiprocessing.testkit.jvm.Await;
import java.util.Set;
import java.util.stream.Collectors;

/** Brings a context to where it keeps a JVM on stand-by, and finds it. */
final class StandByJvms {
    private StandByJvms() {}

    /** Lets processes come and go, and waits until a JVM is ready for the next one. */
    static void prepare(Context mp) throws Exception {
        for (int i = 0; i < 2; i++) {
            mp.process(() -> {}).start().join();
        }
        awaitReady(mp);
    }

    static void awaitReady(Context mp) throws Exception {
        Await.until("a JVM is on stand-by", () -> isReady(mp));
    }

    static boolean isReady(Context mp) {
        return mp.toString().contains(" on stand-by");
    }

    /** The children of this process, those on stand-by among them. */
    static Set<Long> pids() {
        return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
    }
}
