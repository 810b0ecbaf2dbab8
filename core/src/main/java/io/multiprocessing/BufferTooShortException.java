package io.multiprocessing;

import java.io.IOException;

/** There is no room for a message where it was to be received into; here it is. Source: Python's {@code BufferTooShort}. */
public class BufferTooShortException extends IOException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // an array of bytes is
    private final byte[] bytes;

    /** @param room how many bytes there was room for */
    public BufferTooShortException(byte[] bytes, int room) {
        super("a message of " + bytes.length + " bytes came where there is room for " + room);
        this.bytes = bytes;
    }

    /** The message. */
    public byte[] bytes() {
        return bytes.clone();
    }
}
