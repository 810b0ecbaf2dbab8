package io.multiprocessing;

import java.io.IOException;

/** A message is longer than what may be received; it is not received. Source: Python's {@code OSError: bad message length}. */
public class MessageTooLongException extends IOException {
    private static final long serialVersionUID = 1L;

    public MessageTooLongException(long bytes, long mostBytes) {
        super("a message of " + bytes + " bytes came where at most " + mostBytes + " may come");
    }
}
