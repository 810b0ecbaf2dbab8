package io.multiprocessing.cli.chaos;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much storm there is to be.
 *
 * @param duration when it ends; null if only the kills count
 * @param kills after how many kills it ends; 0 if only the time counts
 * @param failFast whether it ends with the first violation
 * @param processes how many take part at a time
 * @param seed what decides who does what and dies how
 */
public record Plan(@Nullable Duration duration, long kills, boolean failFast, int processes, long seed) {
    /** How many nobody kills: two, so that each storm goes on without the others. */
    public static final int STEADY = 2;

    /** The least: there must be a victim. */
    public static final int LEAST_PROCESSES = STEADY + 1;

    public static final int MOST_PROCESSES = 64;

    boolean isFulfilled(long nanos, long killed, long violations) {
        return (duration != null && nanos >= duration.toNanos())
                || (kills > 0 && killed >= kills)
                || (failFast && violations > 0);
    }
}
