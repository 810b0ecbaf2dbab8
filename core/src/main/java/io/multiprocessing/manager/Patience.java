package io.multiprocessing.manager;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Waiting at a monitor, which the calling thread holds, until a time that is set once. */
@SuppressWarnings("WaitNotInLoop") // who calls loops
final class Patience {
    /** What a client says who waits without limit. */
    static final long FOREVER = -1;

    private final boolean isEndless;
    private final long end;

    /** @param nanos how long from now, at most; less than zero for ever */
    Patience(long nanos) {
        this.isEndless = nanos < 0;
        this.end = System.nanoTime() + nanos;
    }

    /** How a timeout is said to the server: zero or less does not wait, and what is too long is for ever. */
    static long nanos(@Nullable Duration timeout) {
        if (timeout == null) {
            return FOREVER;
        }
        return timeout.isNegative() ? 0 : timeout.compareTo(Duration.ofDays(36_500)) > 0 ? FOREVER : timeout.toNanos();
    }

    /**
     * Waits to be notified.
     *
     * @return false if the time is over
     */
    boolean await(Object monitor) throws InterruptedException {
        if (isEndless) {
            monitor.wait();
            return true;
        }
        long left = end - System.nanoTime();
        if (left <= 0) {
            return false;
        }
        monitor.wait(left / 1_000_000, (int) (left % 1_000_000));
        return true;
    }

    /** Refuses to give anything to a client that is gone. */
    static void requirePresent(Caller caller) throws InterruptedException {
        if (caller.client().isGone()) {
            throw new InterruptedException(caller + " is gone");
        }
    }
}
