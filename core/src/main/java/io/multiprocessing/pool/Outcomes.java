package io.multiprocessing.pool;

import io.multiprocessing.MessageNotSerializableException;
import io.multiprocessing.codec.ValueCodec;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How inputs of a bound chunk went that have not been reported: results that are sent as one list if there is no failure, and if
 * that is not large. What is large goes alone, so that it fails alone where it finds no room.
 */
final class Outcomes {
    private static final int MOST_BYTES_TOGETHER = Parcels.LEAST_BYTES - 1024;

    private record Failed(Throwable failure) {}

    private final List<@Nullable Object> results;
    private boolean hasFailures;
    private boolean areLarge;
    private boolean isHeapFull;

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

    /**
     * Has them sent, and forgets them.
     *
     * @return whether the heap was full on the way
     */
    boolean send(Outbox outbox, boolean isLast) throws InterruptedException {
        byte[] together = hasFailures || areLarge || results.size() == 1 ? null : encodeTogether();
        if (together == null) {
            sendEach(outbox, isLast);
        } else {
            outbox.send(results.size(), isLast, Wire.LIST, together);
        }
        results.clear();
        hasFailures = false;
        return isHeapFull;
    }

    /** Null if some of them can't be written, or all are too large to go together. */
    private byte @Nullable [] encodeTogether() {
        try {
            byte[] all = encode(results);
            areLarge = all.length > MOST_BYTES_TOGETHER;
            return areLarge ? null : all;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError eachByItself) {
            return null;
        }
    }

    private void sendEach(Outbox outbox, boolean isLast) throws InterruptedException {
        var together = new ByteArrayOutputStream();
        int count = 0;
        for (int i = 0; i < results.size(); i++) {
            Throwable failure = results.get(i) instanceof Failed failed ? failed.failure() : null;
            byte[] bytes;
            try {
                bytes = failure == null ? encode(results.get(i)) : Failures.encode(failure);
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError unsendable) {
                isHeapFull |= unsendable instanceof OutOfMemoryError;
                failure = unsendable;
                bytes = Failures.encode(unsendable);
            }
            results.set(i, null); // it may be large
            if (count > 0 && together.size() + bytes.length > MOST_BYTES_TOGETHER) {
                outbox.send(count, false, Wire.EACH, together.toByteArray());
                together.reset();
                count = 0;
            }
            if (bytes.length > MOST_BYTES_TOGETHER) {
                boolean isEnd = isLast && i == results.size() - 1;
                outbox.send(1, isEnd, failure == null ? Wire.VALUE : Wire.ALL_FAILED, bytes);
            } else {
                add(together, failure != null, bytes);
                count++;
            }
        }
        if (count > 0) {
            outbox.send(count, isLast, Wire.EACH, together.toByteArray());
        }
    }

    private static void add(ByteArrayOutputStream together, boolean isFailure, byte[] bytes) {
        together.write(isFailure ? 1 : 0);
        together.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length).array());
        together.writeBytes(bytes);
    }

    /**
     * @throws MessageNotSerializableException if it can't be sent back
     * @throws OutOfMemoryError if it finds no room
     */
    static byte[] encode(@Nullable Object result) {
        try {
            return ValueCodec.encode(result);
        } catch (NotSerializableException refused) {
            throw new MessageNotSerializableException(
                    "the result can't be sent back: " + refused.getMessage(), refused);
        } catch (OutOfMemoryError full) {
            throw Failures.tooLargeForWorker("what is written of a result", full);
        }
    }
}
