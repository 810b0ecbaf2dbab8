package io.multiprocessing;

/** There was no room in a queue in time. Source: Python's {@code queue.Full}. */
public class QueueFullException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public QueueFullException(String message) {
        super(message);
    }
}
