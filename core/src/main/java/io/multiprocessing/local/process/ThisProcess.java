package io.multiprocessing.local.process;

import io.multiprocessing.spi.ForeignProcess;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What this process knows of itself: its name, its place in the family, its parent. */
public final class ThisProcess {
    private static final String FIRST_PROCESS_NAME = "MainProcess";

    private static final AtomicInteger CHILDREN = new AtomicInteger();
    private static volatile @Nullable Payload payload;

    private ThisProcess() {}

    /** Says that this process is a child. Once, before anything else. */
    public static void isChild(Payload told) {
        payload = told;
    }

    /** Completes when the process that started this one is gone. */
    public static CompletableFuture<Integer> parentGone() {
        return Parent.GONE;
    }

    /** Whether this process was started by another one of ours, and that one lives. */
    public static boolean isParentAlive() {
        return payload != null && !Parent.GONE.isDone();
    }

    public static String name() {
        Payload told = payload;
        return told == null ? FIRST_PROCESS_NAME : told.name();
    }

    public static boolean isDaemon() {
        Payload told = payload;
        return told != null && told.isDaemon();
    }

    static Optional<List<String>> jvmOptions() {
        return Optional.ofNullable(payload).map(Payload::jvmOptions);
    }

    public static Optional<ForeignProcess> parent() {
        return Optional.ofNullable(payload)
                .map(told -> new ForeignProcess(told.parentName(), told.parentPid(), false, Parent.GONE));
    }

    public static ForeignProcess self() {
        return new ForeignProcess(name(), ProcessHandle.current().pid(), isDaemon(), null);
    }

    /** The place of the next child among the descendants of the first process. */
    static String nextIdentity() {
        Payload told = payload;
        return (told == null ? "" : told.identity() + ":") + CHILDREN.incrementAndGet();
    }

    /** In a class of its own, because few children ask, and a future costs a fresh JVM 0.6 ms. */
    private static final class Parent {
        static final CompletableFuture<Integer> GONE = new CompletableFuture<>();
    }
}
