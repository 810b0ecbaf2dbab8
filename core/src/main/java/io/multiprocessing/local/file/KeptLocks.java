package io.multiprocessing.local.file;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The locks that this process keeps between its appends: a thread gives back those that are not used any more. It is there
 * as long as there are some, and a moment longer.
 */
final class KeptLocks {
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int IDLE_ROUNDS = 20;

    private static final Set<LockedPath> KEPT = ConcurrentHashMap.newKeySet();
    private static boolean isWatched; // guarded by the class

    private KeptLocks() {}

    /** A path has begun to keep its lock. */
    static void watch(LockedPath path) {
        if (KEPT.add(path)) {
            beginWatching();
        }
    }

    private static synchronized void beginWatching() {
        if (!isWatched) {
            isWatched = true;
            Thread.ofPlatform().name("multiprocessing-kept-locks").daemon().start(KeptLocks::keepWatch);
        }
    }

    private static void keepWatch() {
        int idleRounds = 0;
        while (idleRounds < IDLE_ROUNDS || !endWatching()) {
            LockSupport.parkNanos(KeptLocks.class, LONGEST_NANOS);
            idleRounds = KEPT.isEmpty() ? idleRounds + 1 : 0;
            List.copyOf(KEPT).forEach(KeptLocks::giveBackUnused);
        }
    }

    private static void giveBackUnused(LockedPath path) {
        KEPT.remove(path); // before it is looked at: who keeps it anew meanwhile adds it again
        if (path.keepsSince(System.nanoTime() - LONGEST_NANOS)) {
            KEPT.add(path);
        }
    }

    private static synchronized boolean endWatching() {
        isWatched = !KEPT.isEmpty();
        return !isWatched;
    }
}
