package io.multiprocessing.pool;

import io.multiprocessing.MessageNotSerializableException;
import io.multiprocessing.codec.ValueCodec;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How inputs of a bound chunk went that have not been reported: results that are sent as one list if there is no failure. */
final class Outcomes {
    private record Failed(Throwable failure) {}

    private final List<@Nullable Object> results;
    private boolean hasFailures;

    /** @param count how many there will be at most */
    Outcomes(int count) {
        results = new ArrayList<>(count);
    }

    void add(@Nullable Object result) {
        results.add(result);
    }

    void fail(Throwable failure) {
        hasFailures = true;
        results.add(new Failed(failure));
    }

    /** Has them sent, and forgets them. */
    void send(Outbox outbox, boolean isLast) throws InterruptedException {
        byte form = Wire.EACH;
        byte @Nullable [] bytes = null;
        if (!hasFailures && results.size() > 1) {
            try {
                bytes = encode(results);
                form = Wire.LIST;
            } catch (MessageNotSerializableException someOfThem) {
                bytes = null;
            }
        }
        outbox.send(results.size(), isLast, form, bytes == null ? encodeEach() : bytes);
        results.clear();
        hasFailures = false;
    }

    /** @throws MessageNotSerializableException if it can't be sent back */
    static byte[] encode(@Nullable Object result) {
        try {
            return ValueCodec.encode(result);
        } catch (NotSerializableException refused) {
            throw new MessageNotSerializableException(
                    "the result can't be sent back: " + refused.getMessage(), refused);
        }
    }

    private byte[] encodeEach() {
        List<byte[]> parts = new ArrayList<>(results.size());
        boolean[] failures = new boolean[results.size()];
        int length = 0;
        for (int i = 0; i < failures.length; i++) {
            @Nullable Object result = results.get(i);
            Throwable failure = result instanceof Failed failed ? failed.failure() : null;
            byte[] bytes;
            try {
                bytes = failure == null ? encode(result) : Failures.encode(failure);
            } catch (RuntimeException | StackOverflowError unsendable) {
                failure = unsendable;
                bytes = Failures.encode(unsendable);
            }
            failures[i] = failure != null;
            parts.add(bytes);
            length += 5 + bytes.length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (int i = 0; i < failures.length; i++) {
            all.put((byte) (failures[i] ? 1 : 0)).putInt(parts.get(i).length).put(parts.get(i));
        }
        return all.array();
    }
}
