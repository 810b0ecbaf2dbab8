package io.multiprocessing.spi;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A moment until which to wait, on the clock of {@link System#nanoTime()}: what a timeout becomes when the waiting begins,
 * however often it is interrupted by other things.
 *
 * <p>Thread safety: immutable.
 */
public final class Deadline {
    /** Waits without limit. */
    public static final Deadline NEVER = new Deadline(0, true);

    private static final long SOON_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final long nanoTime;
    private final boolean never;

    private Deadline(long nanoTime, boolean never) {
        this.nanoTime = nanoTime;
        this.never = never;
    }

    /** A timeout from now; none or one beyond 146 years does not end, a negative one has ended. */
    public static Deadline after(@Nullable Duration timeout) {
        return timeout == null ? NEVER : afterNanos(nanos(timeout));
    }

    /** As {@link #after(Duration)}. */
    public static Deadline after(long timeout, TimeUnit unit) {
        return afterNanos(unit.toNanos(timeout));
    }

    /** The nanoseconds of a duration, at most {@link Long#MAX_VALUE}; 0 if it is negative. */
    public static long nanos(Duration timeout) {
        if (timeout.isNegative()) {
            return 0;
        }
        try {
            return timeout.toNanos();
        } catch (ArithmeticException huge) {
            return Long.MAX_VALUE;
        }
    }

    /** How long there is left to wait: 0 or less if the time is over, {@link Long#MAX_VALUE} if it never is. */
    public long nanosLeft() {
        return nextSlice(Long.MAX_VALUE);
    }

    /** How long to sleep now, at most {@code sliceNanos}; 0 or less if the time is over. */
    public long nextSlice(long sliceNanos) {
        return never ? sliceNanos : Math.min(sliceNanos, nanoTime - System.nanoTime());
    }

    public boolean isOver() {
        return !never && nanoTime - System.nanoTime() <= 0;
    }

    /** This moment, or if it is nearer a tenth of a second from now: for taking a lock that nobody holds for long. */
    public Deadline orSoon() {
        return never || nanoTime - System.nanoTime() >= SOON_NANOS
                ? this
                : new Deadline(System.nanoTime() + SOON_NANOS, false);
    }

    private static Deadline afterNanos(long nanos) {
        return nanos >= Long.MAX_VALUE / 2 ? NEVER : new Deadline(System.nanoTime() + Math.max(nanos, 0), false);
    }
}
