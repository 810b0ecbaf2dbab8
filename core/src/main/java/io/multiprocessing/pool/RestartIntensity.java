package io.multiprocessing.pool;

import io.multiprocessing.PoolOptions;
import java.util.ArrayDeque;

/**
 * How often workers may end before they were ready, within some time: more would be a loop that is busy with nothing else.
 *
 * <p>Source: the restart intensity of supervisors in Erlang/OTP.
 */
final class RestartIntensity {
    private final PoolOptions options;
    private final ArrayDeque<Long> failures = new ArrayDeque<>();

    RestartIntensity(PoolOptions options) {
        this.options = options;
    }

    /** Notes a failure now; says whether it was one too many. */
    boolean isExceeded() {
        long now = System.nanoTime();
        failures.add(now);
        while (now - failures.element() > Limits.nanos(options.restartPeriod())) {
            failures.remove();
        }
        return failures.size() > options.restarts();
    }

    @Override
    public String toString() {
        return failures.size() + " workers ended before they were ready, within " + options.restartPeriod();
    }
}
