package io.multiprocessing.threads;

import io.multiprocessing.MessageNotSerializableException;
import io.multiprocessing.QueueShutDownException;
import io.multiprocessing.codec.Decoder;
import io.multiprocessing.codec.Departures;
import io.multiprocessing.codec.Encoder;
import io.multiprocessing.codec.ValueCodec;
import io.multiprocessing.spi.Deadline;
import java.io.NotSerializableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a queue holds: messages as bytes, so that who gets one gets a copy, or as they are where the context says so; then
 * nobody knows how large they are. Guarded by the room, but for what never changes.
 */
final class Messages {
    /** What a message takes beside its bytes, about. */
    private static final int OVERHEAD_BYTES = 16;

    private final Room room;
    private final boolean copies;
    private final int maxSize;
    private final long maxBytes;
    private final Deque<Object> messages = new ArrayDeque<>();
    private long bytes;
    private int unfinished;
    private boolean isShutDown;

    Messages(Space space, int maxSize, long maxBytes) {
        this.room = new Room(space);
        this.copies = space.copies();
        this.maxSize = maxSize <= 0 ? Integer.MAX_VALUE : maxSize;
        this.maxBytes = maxBytes;
    }

    int maxSize() {
        return maxSize;
    }

    long maxBytes() {
        return maxBytes;
    }

    /**
     * A message as it is kept.
     *
     * @throws IllegalArgumentException if it, or something in it, can't be sent, or it is too large
     */
    private Object encode(Object message) {
        Objects.requireNonNull(message, "a queue has no nulls in it");
        if (!copies) {
            return message;
        }
        try (Encoder encoder = Encoder.borrow()) {
            encoder.write(message);
            if (encoder.length() > maxBytes) {
                throw new IllegalArgumentException("a message of " + encoder.length()
                        + " bytes is too large for this queue, which takes messages of at most " + maxBytes + " bytes");
            }
            return encoder.toBytes();
        } catch (NotSerializableException refused) {
            throw new MessageNotSerializableException("can't be sent: " + refused.getMessage(), refused);
        }
    }

    /** A message as a process gets it. */
    Object decode(Object kept, TwinContext context) {
        if (!copies) {
            return kept;
        }
        byte[] encoded = (byte[]) kept;
        ClassLoader loader = ValueCodec.threadLoader();
        return TwinRuntime.<Object, RuntimeException>readFor(context, () -> {
            try (Decoder decoder = Decoder.borrow(loader)) {
                return Objects.requireNonNull(
                        decoder.over(encoded, 0, encoded.length).read());
            }
        });
    }

    /** Encodes and puts a message; false if there was no room in time. */
    boolean put(TwinContext context, Runnable check, Object message, Deadline deadline) throws InterruptedException {
        boolean isPut = false;
        try (Departures departures = Departures.begin()) {
            try {
                Object kept = encode(message);
                isPut = changing(context, check, () -> tryPut(kept), deadline);
            } finally {
                if (!isPut) {
                    departures.lost();
                }
            }
        }
        return isPut;
    }

    /** Encodes messages, and then puts one after the other. */
    void putAll(TwinContext context, Runnable check, Collection<?> messages) throws InterruptedException {
        List<Object> encoded = new ArrayList<>(messages.size());
        List<Departures> departures = new ArrayList<>(messages.size());
        int put = 0;
        try {
            for (Object message : messages) {
                try (Departures ofOne = Departures.begin()) {
                    departures.add(ofOne);
                    encoded.add(encode(message));
                }
            }
            for (; put < encoded.size(); put++) {
                Object kept = encoded.get(put);
                changing(context, check, () -> tryPut(kept), Deadline.NEVER);
            }
        } finally {
            departures.subList(put, departures.size()).forEach(Departures::lost);
        }
    }

    /** Takes the oldest message, still encoded; null if none came in time. */
    @Nullable
    Object get(TwinContext context, Runnable check, Deadline deadline) throws InterruptedException {
        Object[] got = {null};
        changing(
                context,
                check,
                () -> {
                    got[0] = tryGet();
                    return got[0] != null;
                },
                deadline);
        return got[0];
    }

    private boolean changing(TwinContext context, Runnable check, BooleanSupplier attempt, Deadline deadline)
            throws InterruptedException {
        boolean changed = room.await(
                context,
                () -> {
                    check.run();
                    return attempt.getAsBoolean();
                },
                deadline);
        if (changed) {
            room.wakeAll();
        }
        return changed;
    }

    /** As {@link #put}, without waiting. */
    boolean putNow(Object message) {
        boolean isPut = false;
        try (Departures departures = Departures.begin()) {
            try {
                Object kept = encode(message);
                isPut = room.changeForAll(() -> tryPut(kept));
            } finally {
                if (!isPut) {
                    departures.lost();
                }
            }
        }
        return isPut;
    }

    /** As {@link #get}, without waiting. */
    @Nullable
    Object getNow() {
        return room.<@Nullable Object>changeForAll(this::tryGet);
    }

    /** Takes some of the oldest messages, still encoded. */
    List<Object> getSome(int most) {
        return room.changeForAll(() -> {
            List<Object> some = new ArrayList<>();
            for (Object next = most > 0 ? next() : null; next != null; next = some.size() < most ? next() : null) {
                some.add(next);
            }
            return some;
        });
    }

    List<Object> copies(int most) {
        return room.look(() -> messages.stream().limit(most).toList());
    }

    int size() {
        return room.look(messages::size);
    }

    boolean isShutDown() {
        return room.look(() -> isShutDown);
    }

    void shutDown(boolean now) {
        room.changeForAll(() -> {
            isShutDown = true;
            if (now) {
                unfinished -= messages.size();
                messages.clear();
                bytes = 0;
            }
            return isShutDown;
        });
    }

    int unfinished() {
        return room.look(() -> unfinished);
    }

    void done() {
        room.changeForAll(() -> {
            if (unfinished == 0) {
                throw new IllegalStateException("taskDone was called more often than messages were put");
            }
            return unfinished--;
        });
    }

    /** Waits until get would not wait. */
    boolean await(TwinContext context, Runnable check, Deadline deadline) throws InterruptedException {
        return room.await(
                context,
                () -> {
                    check.run();
                    return !messages.isEmpty() || isShutDown;
                },
                deadline);
    }

    boolean join(TwinContext context, Runnable check, Deadline deadline) throws InterruptedException {
        return room.await(
                context,
                () -> {
                    check.run();
                    return unfinished == 0;
                },
                deadline);
    }

    void wakeAll() {
        room.wakeAll();
    }

    private boolean tryPut(Object kept) {
        if (isShutDown) {
            throw new QueueShutDownException("put into a queue that is shut down");
        }
        if (messages.size() >= maxSize || (!messages.isEmpty() && bytes + weight(kept) > maxBytes)) {
            return false;
        }
        messages.add(kept);
        bytes += weight(kept);
        unfinished++;
        return true;
    }

    private @Nullable Object tryGet() {
        Object next = next();
        if (next == null && isShutDown) {
            throw new QueueShutDownException("get from a queue that is shut down and has been emptied");
        }
        return next;
    }

    private @Nullable Object next() {
        Object next = messages.poll();
        if (next != null) {
            bytes -= weight(next);
        }
        return next;
    }

    private static long weight(Object kept) {
        return kept instanceof byte[] encoded ? encoded.length + OVERHEAD_BYTES : 0;
    }
}
