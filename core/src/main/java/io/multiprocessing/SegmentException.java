package io.multiprocessing;

/**
 * Shared memory can't be had or can't be trusted: it is full, or a file under our name is corrupt, foreign or of
 * another version. The message says which.
 */
public class SegmentException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public SegmentException(String message) {
        super(message);
    }

    public SegmentException(String message, Throwable cause) {
        super(message, cause);
    }
}
