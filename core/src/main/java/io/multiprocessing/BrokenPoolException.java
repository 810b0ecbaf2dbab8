package io.multiprocessing;

import java.util.concurrent.RejectedExecutionException;

/**
 * A {@link Pool} has given up: its workers ended again and again before they were ready, or what it lives in is gone. The
 * cause says why, as the exception of the initializer. Source: Python's {@code BrokenProcessPool}.
 */
public class BrokenPoolException extends RejectedExecutionException {
    private static final long serialVersionUID = 1L;

    public BrokenPoolException(String message, Throwable cause) {
        super(message, cause);
    }
}
