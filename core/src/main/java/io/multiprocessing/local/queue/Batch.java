package io.multiprocessing.local.queue;

import io.multiprocessing.UnreadableMessageException;
import io.multiprocessing.codec.Decoder;
import io.multiprocessing.codec.ValueCodec;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Messages that were got at once: small ones behind each other in one array, or a single large one. */
final class Batch implements AutoCloseable {
    private static final int MOST_MESSAGES = 1_000;
    private static final int MOST_BYTES = 64 * 1024;

    private byte[] bytes = new byte[1024];
    private int[] ends = new int[16];
    private int[] headers = new int[16];
    private int count;
    private @Nullable SpilledMessage large;
    private boolean isMoreThere;

    int count() {
        return large == null ? count : 1;
    }

    /** Whether one more may come, which has so many bytes. */
    boolean takes(int length) {
        return large == null && (count == 0 || (count < MOST_MESSAGES && end() + (long) length <= MOST_BYTES));
    }

    /** Makes room for a message with a header, from {@link #start} on. */
    byte[] add(int header) {
        int length = RingLayout.length(header);
        int end = end() + length;
        if (bytes.length < end) {
            bytes = Arrays.copyOf(bytes, Math.max(end, Math.min(4 * bytes.length, MOST_BYTES)));
        }
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 4 * count);
            headers = Arrays.copyOf(headers, 4 * count);
        }
        headers[count] = header;
        ends[count++] = end;
        return bytes;
    }

    /** Where the message begins that was added last. */
    int start() {
        return count == 1 ? 0 : ends[count - 2];
    }

    void add(SpilledMessage message) {
        large = message;
    }

    /** Says that there are messages left, or may be. */
    void setMoreThere() {
        isMoreThere = true;
    }

    boolean isMoreThere() {
        return isMoreThere;
    }

    /**
     * Adds what the messages say to a collection, all that can be read.
     *
     * @return why one of the others can't; null if there is none
     */
    @Nullable
    UnreadableMessageException decodeInto(Collection<Object> target) {
        UnreadableMessageException unreadable = null;
        try (Decoder decoder = Decoder.borrow(ValueCodec.threadLoader())) {
            for (int i = 0; i < count(); i++) {
                int from = i == 0 ? 0 : ends[i - 1];
                if (RingLayout.isRaw(headers[i])) {
                    target.add(Arrays.copyOfRange(bytes, from, ends[i]));
                    continue;
                }
                Object value;
                try {
                    Decoder in = large == null ? decoder.over(bytes, from, ends[i] - from) : decoder.over(large);
                    value = Objects.requireNonNull(in.read());
                } catch (UnreadableMessageException one) {
                    unreadable = one;
                    continue;
                }
                target.add(value);
            }
        }
        return unreadable;
    }

    /** Lets go of what is kept for who reads the messages: nobody will. */
    void forget() {
        for (int i = 0; i < count; i++) {
            if (RingLayout.isKept(headers[i])) {
                Messages.forget(Arrays.copyOfRange(bytes, i == 0 ? 0 : ends[i - 1], ends[i]));
            }
        }
    }

    @Override
    public void close() {
        if (large != null) {
            large.close();
        }
    }

    private int end() {
        return count == 0 ? 0 : ends[count - 1];
    }
}
