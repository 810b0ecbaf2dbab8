package io.multiprocessing.manager;

import io.multiprocessing.spi.Deadline;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Waiting at a monitor, which the calling thread holds, until a time that is set once. */
@SuppressWarnings("WaitNotInLoop") // who calls loops
final class Patience {
    /** What a client says who waits without limit. */
    static final long FOREVER = -1;

    private final Deadline deadline;

    /** @param nanos how long from now, at most; less than zero for ever */
    Patience(long nanos) {
        this.deadline = nanos < 0 ? Deadline.NEVER : Deadline.after(nanos, TimeUnit.NANOSECONDS);
    }

    /** How a timeout is said to the server: zero or less does not wait, and what is too long is for ever. */
    static long nanos(@Nullable Duration timeout) {
        if (timeout == null) {
            return FOREVER;
        }
        long nanos = Deadline.nanos(timeout);
        return nanos == Long.MAX_VALUE ? FOREVER : nanos;
    }

    /**
     * Waits to be notified.
     *
     * @return false if the time is over
     */
    boolean await(Object monitor) throws InterruptedException {
        long left = deadline.nanosLeft();
        if (left <= 0) {
            return false;
        }
        TimeUnit.NANOSECONDS.timedWait(monitor, left);
        return true;
    }

    /** Refuses to give anything to a client that is gone. */
    static void requirePresent(Caller caller) throws InterruptedException {
        if (caller.client().isGone()) {
            throw new InterruptedException(caller + " is gone");
        }
    }
}
