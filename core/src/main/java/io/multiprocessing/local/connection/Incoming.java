package io.multiprocessing.local.connection;

import io.multiprocessing.MessageTooLongException;
import java.io.EOFException;
import org.jspecify.annotations.Nullable;

/** What comes of an attempt to receive: the bytes of a message, or the reason why there will be none. */
final class Incoming {
    /** An array can't be longer. */
    static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    private final int mostBytes;
    private byte @Nullable [] bytes;
    private long tooLong = -1;

    /** @param mostBytes how long the message may be */
    Incoming(int mostBytes) {
        this.mostBytes = Math.min(mostBytes, MOST_BYTES);
    }

    /** Says that a message of that length comes; false if it is too long. */
    boolean accepts(long length) {
        if (length < 0 || length > mostBytes) {
            tooLong = length;
            return false;
        }
        return true;
    }

    boolean isTooLong() {
        return tooLong >= 0;
    }

    void set(byte[] newBytes) {
        bytes = newBytes;
    }

    /**
     * The message.
     *
     * @throws EOFException if there will be none
     * @throws MessageTooLongException if it is too long
     */
    byte[] bytes() throws EOFException, MessageTooLongException {
        if (tooLong >= 0) {
            throw new MessageTooLongException(tooLong, mostBytes);
        }
        byte[] received = bytes;
        if (received == null) {
            throw new EOFException("the other end of the connection is closed");
        }
        return received;
    }
}
