package io.multiprocessing.threads;

import java.time.Duration;

/** Until when somebody waits. */
record Deadline(long nanoTime, boolean never) {
    static final Deadline NEVER = new Deadline(0, true);

    /** A timeout of zero or less does not wait; one beyond 292 years never ends. */
    static Deadline after(Duration timeout) {
        long nanos = saturatedNanos(timeout);
        return nanos == Long.MAX_VALUE ? NEVER : new Deadline(System.nanoTime() + nanos, false);
    }

    /** How long there is left to wait; zero or less if the time is over. */
    long nanosLeft() {
        return never ? Long.MAX_VALUE : nanoTime - System.nanoTime();
    }

    private static long saturatedNanos(Duration timeout) {
        if (timeout.isNegative()) {
            return 0;
        }
        try {
            return timeout.toNanos();
        } catch (ArithmeticException huge) {
            return Long.MAX_VALUE;
        }
    }
}
