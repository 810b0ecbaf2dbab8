package io.multiprocessing;

/** A message, or something in it, can't be sent to another process; the text names its class, its place and the reason. */
public class MessageNotSerializableException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public MessageNotSerializableException(String message, Throwable cause) {
        super(message, cause);
    }
}
