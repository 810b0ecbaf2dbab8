package io.multiprocessing;

import java.time.Duration;

/** A task of a {@link Pool} ran longer than it may, and was ended; other tasks went on. */
public class TimeLimitExceededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Duration limit;

    public TimeLimitExceededException(String message, Duration limit, Throwable cause) {
        super(message, cause);
        this.limit = limit;
    }

    public TimeLimitExceededException(String message, Duration limit) {
        super(message);
        this.limit = limit;
    }

    /** How long it could have run. */
    public Duration limit() {
        return limit;
    }
}
