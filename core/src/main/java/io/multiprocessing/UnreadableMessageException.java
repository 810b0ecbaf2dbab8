package io.multiprocessing;

/**
 * A message that came from another process can't be read: it is truncated or damaged, names a class that is not here
 * or is of another version, was written by a codec that is not here, or would make more than its bytes allow. The
 * message of the exception says which. Only the message is lost: what it came through goes on.
 *
 * <p>It is unchecked because messages are read inside methods of {@code java.util} and {@code java.util.concurrent},
 * such as {@link java.util.concurrent.BlockingQueue#take}, which declare no exception of their own.
 */
public class UnreadableMessageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnreadableMessageException(String message) {
        super(message);
    }

    public UnreadableMessageException(String message, Throwable cause) {
        super(message, cause);
    }
}
