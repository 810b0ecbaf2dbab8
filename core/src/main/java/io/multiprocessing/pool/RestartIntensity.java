package io.multiprocessing.pool;

import io.multiprocessing.BrokenPoolException;
import io.multiprocessing.PoolOptions;
import io.multiprocessing.spi.Deadline;
import java.util.ArrayDeque;

/**
 * How often workers may end before they were ready, within some time: more would be a loop that is busy with nothing else.
 *
 * <p>Source: the restart intensity of supervisors in Erlang/OTP.
 */
final class RestartIntensity {
    /** The pool is to give up. */
    static final class Exceeded extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String why;
        private final Throwable last;

        Exceeded(String why, Throwable last) {
            super(why, last);
            this.why = why;
            this.last = last;
        }

        BrokenPoolException broken() {
            return new BrokenPoolException(why, last);
        }
    }

    private final PoolOptions options;
    private final ArrayDeque<Long> failures = new ArrayDeque<>();

    RestartIntensity(PoolOptions options) {
        this.options = options;
    }

    /**
     * Notes that a worker ended before it was ready, or could not be started.
     *
     * @throws Exceeded if that was one too many
     */
    void failed(Throwable cause) {
        long now = System.nanoTime();
        failures.add(now);
        while (now - failures.element() > Deadline.nanos(options.restartPeriod())) {
            failures.remove();
        }
        if (failures.size() > options.restarts()) {
            throw new Exceeded(
                    "the pool has given up: " + failures.size() + " workers ended before they were ready, within "
                            + options.restartPeriod() + "; the last because of " + cause,
                    cause);
        }
    }
}
