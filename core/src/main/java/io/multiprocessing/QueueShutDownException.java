package io.multiprocessing;

/** A queue is shut down. Source: Python's {@code queue.ShutDown}. */
public class QueueShutDownException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public QueueShutDownException(String message) {
        super(message);
    }
}
