package io.multiprocessing;

/**
 * A manager, or the connection to it, has ended: it was shut down, or its process has died. No proxy of it can be used any
 * more in this process.
 */
public class ManagerEndedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public ManagerEndedException(String message) {
        super(message);
    }

    public ManagerEndedException(String message, Throwable cause) {
        super(message, cause);
    }
}
