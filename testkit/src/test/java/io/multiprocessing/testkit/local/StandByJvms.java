package io.multiprocessing.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.Context;
import io.multiprocessing.Process;
import io.multiprocessing.testkit.jvm.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    static void assertEndsWell(Process process) throws InterruptedException {
        assertThat(process.join(Await.LIMIT)).as("the end of " + process).isTrue();
        assertThat(process.exitCode()).as(process.toString()).hasValue(0);
    }

    /** The children of this process, those on stand-by among them. */
    static Set<Long> pids() {
        return children(false);
    }

    /** Those that wait for the end of one that is or was on stand-by. */
    static Set<Long> undertakers() {
        return children(true);
    }

    private static Set<Long> children(boolean areUndertakers) {
        return ProcessHandle.current()
                .children()
                .map(ProcessHandle::pid)
                .filter(pid -> is(pid, areUndertakers))
                .collect(Collectors.toSet());
    }

    /** Whether it is an undertaker, or whether it is none; neither if it is gone by now. */
    private static boolean is(long pid, boolean anUndertaker) {
        try {
            return anUndertaker
                    == Files.readString(Path.of("/proc", Long.toString(pid), "comm"))
                            .equals("mp-undertaker\n");
        } catch (IOException gone) {
            return false;
        }
    }
}
