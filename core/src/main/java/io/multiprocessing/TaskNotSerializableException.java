package io.multiprocessing;

/** A task, or something it captures, can't be sent to another process; the message names it and its class. */
public class TaskNotSerializableException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public TaskNotSerializableException(String message) {
        super(message);
    }

    public TaskNotSerializableException(String message, Throwable cause) {
        super(message, cause);
    }
}
