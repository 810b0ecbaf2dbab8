package io.multiprocessing.benchmarks.harness;

import java.time.Duration;

/**
 * How much time a row may take; both sides are given the same.
 *
 * @param rounds how often each side is measured
 * @param warmUp how long a side runs in each round before it is measured
 * @param measure how long it is measured, where the row counts operations in a given time
 * @param operationsPercent how many of its full number of operations it does, where the row times a given number
 * @param roundLimit after which a side that has not ended a round has failed
 * @param budget after which no further round begins
 */
public record Effort(
        int rounds, Duration warmUp, Duration measure, int operationsPercent, Duration roundLimit, Duration budget) {
    /** For figures to rely on. */
    public static final Effort FULL = new Effort(
            9, Duration.ofSeconds(1), Duration.ofSeconds(2), 100, Duration.ofMinutes(2), Duration.ofMinutes(3));

    /** For a look: a row ends within 40 seconds. */
    public static final Effort QUICK = new Effort(
            5, Duration.ofSeconds(1), Duration.ofMillis(500), 40, Duration.ofSeconds(15), Duration.ofSeconds(20));

    public Effort {
        if (rounds < 1) {
            throw new IllegalArgumentException("rounds must be at least 1, not " + rounds);
        }
    }

    /** How many operations to do, where the row times a given number. */
    public int operations(int full) {
        return Math.max(1, (int) ((long) full * operationsPercent / 100));
    }
}
