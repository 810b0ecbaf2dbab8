package io.multiprocessing;

/** The operating system refused to start a process, or what the child needs is not there. */
public class ProcessStartException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public ProcessStartException(String message) {
        super(message);
    }

    public ProcessStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
