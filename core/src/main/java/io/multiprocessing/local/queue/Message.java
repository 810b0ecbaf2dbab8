package io.multiprocessing.local.queue;

import io.multiprocessing.codec.Decoder;
import io.multiprocessing.codec.ValueCodec;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message that was got: its bytes in an array that is used again for the next one, or, if it was large, the memory of
 * its file. One for each thread is lent.
 */
final class Message implements AutoCloseable {
    private static final int FIRST_BYTES = 256;
    private static final int KEPT_BYTES = 64 * 1024;
    private static final ThreadLocal<@Nullable Message> SPARE = new ThreadLocal<>();

    private byte[] bytes = new byte[FIRST_BYTES];
    private int length;
    private boolean isRaw;
    private @Nullable SpilledMessage spilled;
    private boolean isLent = true;

    /** Where to get a message into; to be closed. */
    static Message borrow() {
        if (Thread.currentThread().isVirtual()) {
            return new Message();
        }
        Message spare = SPARE.get();
        if (spare == null) {
            spare = new Message();
            SPARE.set(spare);
        } else if (spare.isLent) { // decoding may run code that uses a queue
            return new Message();
        }
        spare.isLent = true;
        return spare;
    }

    /** Makes room for a message. */
    byte[] reserve(int newLength, boolean isRawMessage) {
        isRaw = isRawMessage;
        forgetSpilled();
        if (bytes.length < newLength) {
            bytes = new byte[Math.max(newLength, Math.min(2 * bytes.length, KEPT_BYTES))];
        }
        length = newLength;
        return bytes;
    }

    void set(SpilledMessage large) {
        forgetSpilled();
        isRaw = false;
        spilled = large;
    }

    /** What the message says. */
    Object decode() {
        if (isRaw) {
            return Arrays.copyOf(bytes, length);
        }
        try (Decoder decoder = Decoder.borrow(ValueCodec.threadLoader())) {
            SpilledMessage large = spilled;
            Decoder in = large == null ? decoder.over(bytes, 0, length) : decoder.over(large);
            return Objects.requireNonNull(in.read());
        }
    }

    /** Gives it back. */
    @Override
    public void close() {
        forgetSpilled();
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[FIRST_BYTES];
        }
        isLent = false;
    }

    private void forgetSpilled() {
        if (spilled != null) {
            spilled.close();
            spilled = null;
        }
    }
}
