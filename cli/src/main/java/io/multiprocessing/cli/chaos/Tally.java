package io.multiprocessing.cli.chaos;

import io.multiprocessing.Context;
import io.multiprocessing.LongArray;
import java.util.concurrent.TimeUnit;

/** What is counted, by all processes. */
final class Tally {
    static final int MOST_PLACES = Plan.MOST_PROCESSES;
    static final int MOST_STORMS = 32;

    private static final int RECOVERY_MILLIS = 2048;
    private static final int PER_MILLE = 1000;

    private static final int OVER = 0;
    private static final int STOOD_STILL = 1;
    private static final int SLOWNESS = 2;
    private static final int TAKEOVERS = 3;
    private static final int VIOLATIONS = TAKEOVERS + MOST_STORMS;
    private static final int SLOWEST_NANOS = VIOLATIONS + MOST_STORMS;
    private static final int OPERATIONS = SLOWEST_NANOS + MOST_STORMS;
    private static final int RECOVERIES = OPERATIONS + MOST_STORMS * MOST_PLACES;
    private static final int LENGTH = RECOVERIES + MOST_STORMS * RECOVERY_MILLIS;

    private final LongArray numbers;

    Tally(Context mp) {
        numbers = mp.named("chaos.tally").raw().longArray(LENGTH);
    }

    boolean isOver() {
        return numbers.get(OVER) != 0;
    }

    void end() {
        numbers.set(OVER, 1);
    }

    /** Says that the machine had no time for us until now. */
    void stoodStill() {
        numbers.set(STOOD_STILL, System.nanoTime());
    }

    /** Whether that has happened since a time. */
    boolean hasStoodStillSince(long nanoTime) {
        long stoodStill = numbers.get(STOOD_STILL);
        return stoodStill != 0 && stoodStill - nanoTime > 0;
    }

    /** Says how much slower than usual everything goes, because the machine is crowded. */
    void slowness(double times) {
        numbers.set(SLOWNESS, (long) (times * PER_MILLE));
    }

    /** At least 1. */
    double slowness() {
        return Math.max(1, (double) numbers.get(SLOWNESS) / PER_MILLE);
    }

    void operation(int storm, int place) {
        numbers.getAndAdd(OPERATIONS + storm * MOST_PLACES + place, 1);
    }

    void takeover(int storm) {
        numbers.getAndAdd(TAKEOVERS + storm, 1);
    }

    void violation(int storm) {
        numbers.getAndAdd(VIOLATIONS + storm, 1);
    }

    void recovery(int storm, long nanos) {
        numbers.update(SLOWEST_NANOS + storm, slowest -> Math.max(slowest, nanos));
        int millis = Math.clamp(TimeUnit.NANOSECONDS.toMillis(nanos), 0, RECOVERY_MILLIS - 1);
        numbers.getAndAdd(RECOVERIES + storm * RECOVERY_MILLIS + millis, 1);
    }

    long operations(int storm, int place) {
        return numbers.get(OPERATIONS + storm * MOST_PLACES + place);
    }

    long operations(int storm) {
        long sum = 0;
        for (int place = 0; place < MOST_PLACES; place++) {
            sum += operations(storm, place);
        }
        return sum;
    }

    long takeovers(int storm) {
        return numbers.get(TAKEOVERS + storm);
    }

    long violations(int storm) {
        return numbers.get(VIOLATIONS + storm);
    }

    /** The longest time until others went on after a death; 0 if nobody had to. */
    double slowestMillis(int storm) {
        return numbers.get(SLOWEST_NANOS + storm) / 1e6;
    }

    /** The median of those times, to the millisecond; -1 if there is none. */
    int medianMillis(int storm) {
        long all = 0;
        for (int millis = 0; millis < RECOVERY_MILLIS; millis++) {
            all += recoveries(storm, millis);
        }
        long seen = 0;
        for (int millis = 0; millis < RECOVERY_MILLIS && all > 0; millis++) {
            seen += recoveries(storm, millis);
            if (2 * seen >= all) {
                return millis;
            }
        }
        return -1;
    }

    private long recoveries(int storm, int millis) {
        return numbers.get(RECOVERIES + storm * RECOVERY_MILLIS + millis);
    }
}
