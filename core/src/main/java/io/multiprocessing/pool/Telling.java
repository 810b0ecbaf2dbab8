package io.multiprocessing.pool;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The results of a pool that are about to be told, each by a thread of its own: what depends on one may take its time, and wait for
 * the pool. Before the pool has ended, all who ask are to see what it has done.
 */
final class Telling {
    private final Set<PoolFuture<?>> told = ConcurrentHashMap.newKeySet();

    /** Has a future completed, which may go on with what depends on it. */
    void tell(PoolFuture<?> future, Runnable completion) {
        told.add(future);
        Thread.startVirtualThread(() -> {
            try {
                completion.run();
            } finally {
                told.remove(future);
            }
        });
    }

    /** Until all see what has been told, or it is so late, because nothing can run. */
    void awaitTold(long deadlineNanos) {
        told.forEach(future -> future.awaitDone(deadlineNanos));
    }
}
