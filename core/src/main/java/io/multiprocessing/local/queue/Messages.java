package io.multiprocessing.local.queue;

import io.multiprocessing.MessageNotSerializableException;
import io.multiprocessing.codec.Decoder;
import io.multiprocessing.codec.Encoder;
import java.io.NotSerializableException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The way from objects to bytes and back. */
final class Messages {
    private static final long MOST_BYTES = Integer.MAX_VALUE - 8;
    private static final ThreadLocal<@Nullable Message> SPARE = new ThreadLocal<>();

    private Messages() {}

    /**
     * The bytes of an object.
     *
     * @param mostBytes how many there may be
     * @throws IllegalArgumentException if it, or something in it, can't be sent, or it is too large
     */
    static byte[] encode(Object value, long mostBytes) {
        Objects.requireNonNull(value, "a queue has no nulls in it");
        try (Encoder encoder = Encoder.borrow()) {
            encoder.write(value);
            long most = Math.min(mostBytes, MOST_BYTES);
            if (encoder.length() > most) {
                throw new IllegalArgumentException("a message of " + encoder.length()
                        + " bytes is too large for this queue, which takes messages of at most " + most + " bytes");
            }
            return encoder.toBytes();
        } catch (NotSerializableException refused) {
            throw new MessageNotSerializableException("can't be sent: " + refused.getMessage(), refused);
        }
    }

    static Object decode(byte[] bytes, int length) {
        try (Decoder decoder = Decoder.borrow(loader())) {
            return Objects.requireNonNull(decoder.over(bytes, 0, length).read());
        }
    }

    /** Where to get a message into; {@link #giveBack} it afterwards. */
    static Message borrow() {
        Message spare = Thread.currentThread().isVirtual() ? null : SPARE.get();
        if (spare == null) {
            return new Message();
        }
        SPARE.set(null); // decoding may run code that uses a queue
        return spare;
    }

    static void giveBack(Message message) {
        if (!Thread.currentThread().isVirtual()) {
            message.forgetLarge();
            SPARE.set(message);
        }
    }

    private static ClassLoader loader() {
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        return ofThread == null ? ClassLoader.getSystemClassLoader() : ofThread;
    }
}
