package io.multiprocessing;

/** A manager has not answered a call within the {@linkplain Manager#callTimeout limit} that was set. */
public class CallTimeoutException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public CallTimeoutException(String message) {
        super(message);
    }
}
