package io.multiprocessing.codec;

import io.multiprocessing.UnreadableMessageException;
import java.io.NotSerializableException;
import org.jspecify.annotations.Nullable;

/** Values to arrays of bytes and back; who moves bytes of his own uses {@link Encoder} and {@link Decoder}. */
public final class ValueCodec {
    /** The first byte of what Python's {@code send} sends. */
    private static final byte PICKLE = (byte) 0x80;

    private ValueCodec() {}

    /** @throws NotSerializableException if the value, or something in it, can't be written; the message says what */
    public static byte[] encode(@Nullable Object value) throws NotSerializableException {
        try (Encoder encoder = Encoder.borrow()) {
            encoder.write(value);
            return encoder.toBytes();
        }
    }

    /**
     * As {@link #encode}, but in the library's own way, whatever the user has chosen: for what must arrive as it is, as
     * lambdas and exceptions.
     */
    public static byte[] encodeByLibrary(@Nullable Object value) throws NotSerializableException {
        try (Encoder encoder = Encoder.standard()) {
            encoder.write(value);
            return encoder.toBytes();
        }
    }

    /**
     * Reads what {@link #encode} wrote, in a process that may be another one.
     *
     * @throws UnreadableMessageException if the bytes are no such value, or it needs classes that are not here
     */
    public static @Nullable Object decode(byte[] bytes, ClassLoader loader) {
        try (Decoder decoder = Decoder.borrow(loader)) {
            Object value = decoder.over(bytes, 0, bytes.length).read();
            if (decoder.remaining() > 0) {
                throw new UnreadableMessageException(
                        "the message is damaged: it has " + decoder.remaining() + " bytes after its end");
            }
            return value;
        }
    }

    /**
     * As {@link #decode(byte[], ClassLoader)}, for a message of a connection: with the classes that the thread knows.
     *
     * @throws UnreadableMessageException also if it is a pickle
     */
    public static @Nullable Object decodeMessage(byte[] bytes) {
        if (bytes.length > 0 && bytes[0] == PICKLE) {
            throw new UnreadableMessageException(
                    "the message is a pickle of Python's: let Python use send_bytes, and receive it as bytes");
        }
        return decode(bytes, threadLoader());
    }

    /** Where the calling thread finds classes. */
    public static ClassLoader threadLoader() {
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        return ofThread == null ? ClassLoader.getSystemClassLoader() : ofThread;
    }
}
