package io.multiprocessing;

import java.util.NoSuchElementException;

/** There was no message in a queue in time. Source: Python's {@code queue.Empty}. */
public class QueueEmptyException extends NoSuchElementException {
    private static final long serialVersionUID = 1L;

    public QueueEmptyException(String message) {
        super(message);
    }
}
