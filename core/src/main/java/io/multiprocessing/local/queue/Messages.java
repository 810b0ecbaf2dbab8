package io.multiprocessing.local.queue;

import io.multiprocessing.MessageNotSerializableException;
import io.multiprocessing.SegmentException;
import io.multiprocessing.UnreadableMessageException;
import io.multiprocessing.codec.Arrivals;
import io.multiprocessing.codec.Decoder;
import io.multiprocessing.codec.Encoder;
import io.multiprocessing.codec.ValueCodec;
import java.io.NotSerializableException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The way from objects to the bytes that a queue takes. */
final class Messages {
    private static final long MOST_BYTES = Integer.MAX_VALUE - 8;
    private static final int MOST_RAW_BYTES = 16 * 1024;

    private Messages() {}

    /**
     * Encodes an object.
     *
     * @param encoder an empty one, which keeps the bytes
     * @param mostBytes how many there may be
     * @throws IllegalArgumentException if it, or something in it, can't be sent, or it is too large
     */
    static Outgoing encode(Object value, Encoder encoder, long mostBytes) {
        Objects.requireNonNull(value, "a queue has no nulls in it");
        try {
            encoder.write(value);
        } catch (NotSerializableException refused) {
            throw new MessageNotSerializableException("can't be sent: " + refused.getMessage(), refused);
        }
        long most = Math.min(mostBytes, MOST_BYTES);
        if (encoder.length() > most) {
            encoder.lost();
            throw new IllegalArgumentException("a message of " + encoder.length()
                    + " bytes is too large for this queue, which takes messages of at most " + most + " bytes");
        }
        return new Outgoing.Encoded(encoder);
    }

    /**
     * A message that needs no encoding: an array of bytes, which the library's own way to write does not change. Null if it is
     * another one.
     */
    static @Nullable Outgoing raw(Object value) {
        return value instanceof byte[] bytes && bytes.length <= MOST_RAW_BYTES && !Encoder.isCodecChosen()
                ? new Outgoing.Raw(bytes)
                : null;
    }

    /** The message that an array of bytes is, encoded. */
    static byte[] encoded(byte[] raw) {
        try {
            return ValueCodec.encodeByLibrary(raw);
        } catch (NotSerializableException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Lets go of what is kept for who would have read a message; what can't be read is kept until its sender ends. */
    static void forget(byte[] message) {
        try (var _ = Arrivals.forget();
                Decoder decoder = Decoder.borrow(ValueCodec.threadLoader())) {
            decoder.over(message, 0, message.length).read();
        } catch (UnreadableMessageException | SegmentException unknown) {
            // What it names can't be found here.
        }
    }

    /** Encodes an object to be put later. */
    static Outgoing encode(Object value, long mostBytes) {
        try (Encoder encoder = Encoder.borrow()) {
            encode(value, encoder, mostBytes);
            return new Outgoing.Bytes(encoder.toBytes(), encoder.takeDepartures());
        }
    }
}
