package io.multiprocessing.sqlite;

import io.multiprocessing.spi.Deadline;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How long who finds the database busy waits before he tries again: pauses that grow from {@link #SHORTEST_NANOS} to
 * {@link #LONGEST_NANOS}. Nobody can tell him when it is free, for other programs write too.
 *
 * <p>SQLite's own wait grows to 100 ms; it sleeps in native code, which would occupy the carrier of a
 * virtual thread, and heeds no interrupt.
 */
final class BusyWait {
    private static final long SHORTEST_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(8);

    private final Deadline deadline;
    private long pauseNanos = SHORTEST_NANOS;

    BusyWait(Duration limit) {
        deadline = Deadline.after(limit);
    }

    /**
     * Lets some time go by; false if there is none left.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    boolean pause() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (deadline.isOver()) {
            return false;
        }
        LockSupport.parkNanos(this, deadline.nextSlice(pauseNanos));
        pauseNanos = Math.min(pauseNanos * 2, LONGEST_NANOS);
        return true;
    }
}
