package io.multiprocessing.spi;

import io.multiprocessing.PoolWorker;
import org.jspecify.annotations.Nullable;

/** Which worker of a pool a thread belongs to. Threads that a task starts belong to its worker too. */
public final class CurrentWorker {
    private static final InheritableThreadLocal<@Nullable PoolWorker> CURRENT = new InheritableThreadLocal<>();

    private CurrentWorker() {}

    /** The worker of the calling thread; null if it has none. */
    public static @Nullable PoolWorker get() {
        return CURRENT.get();
    }

    /** Says that the calling thread, and all threads that it will start, belong to a worker. */
    public static void set(PoolWorker worker) {
        CURRENT.set(worker);
    }
}
