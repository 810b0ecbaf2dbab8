package io.multiprocessing.threads;

import io.multiprocessing.BrokenPipeException;
import io.multiprocessing.spi.Deadline;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is shared of a pipe, guarded by its room: the messages on their way to each end, and who holds the ends: processes
 * by their contexts, and messages that have not arrived by the context of who sent them. An end is closed for good when
 * nobody holds it whose context is open.
 *
 * <p>A message that is larger than what a pipe keeps stands in it alone, and its sender waits until it has been received.
 * Who gives up takes it back.
 */
final class PipeEnds {
    static final int MOST_HOLDS = 256;

    private static final int CAPACITY_BYTES = 128 * 1024;
    private static final int OVERHEAD_BYTES = 16;

    private final Room room;
    private final boolean duplex;
    private final Way[] waysTo = {new Way(), new Way()};
    private final Holds[] holds = {new Holds(), new Holds()};

    PipeEnds(Space space, boolean duplex) {
        this.room = new Room(space);
        this.duplex = duplex;
    }

    boolean canReceive(int end) {
        return duplex || end == 0;
    }

    boolean canSend(int end) {
        return duplex || end == 1;
    }

    /**
     * Holds an end for a process or a message.
     *
     * @return the number of the hold, not 0
     * @throws IllegalStateException if there are too many, or the end is closed for good
     */
    int hold(int end, TwinContext context) {
        return room.look(() -> holds[end].add(context));
    }

    /** Lets go, unless that was done before. */
    void release(int end, int hold) {
        room.changeForAll(() -> holds[end].remove(hold));
    }

    boolean isEnded(int end) {
        return room.look(() -> holds[end].areOver());
    }

    void wakeAll() {
        room.wakeAll();
    }

    /**
     * Sends a message from an end.
     *
     * @param check throws if the end can't be used any more
     * @return whether there was room in time
     */
    boolean send(int end, TwinContext context, Runnable check, Parcel parcel, Deadline deadline)
            throws BrokenPipeException, InterruptedException {
        boolean[] isSent = {false};
        boolean[] isBroken = {false};
        Way way = waysTo[1 - end];
        try {
            room.await(
                    context,
                    () -> {
                        check.run();
                        isSent[0] = parcel.isTaken;
                        isBroken[0] = !isSent[0] && isOver(1 - end, check);
                        if (!isSent[0] && !isBroken[0]) {
                            isSent[0] = way.add(parcel, room);
                        }
                        return isSent[0] || isBroken[0];
                    },
                    deadline);
        } finally {
            if (!isSent[0]) {
                isSent[0] = room.changeForAll(() -> !way.takeBack(parcel));
            }
        }
        if (isBroken[0] && !isSent[0]) {
            throw new BrokenPipeException("the other end of the pipe is closed");
        }
        return isSent[0];
    }

    /** What comes of waiting for a message. */
    enum Coming {
        MESSAGE,
        END,
        NOTHING
    }

    /** Waits until there is something to receive at an end, and takes it if it is a message and {@code target} is not null. */
    Coming receive(int end, TwinContext context, Runnable check, Parcel @Nullable [] target, Deadline deadline)
            throws InterruptedException {
        Coming[] coming = {Coming.NOTHING};
        Way way = waysTo[end];
        room.await(
                context,
                () -> {
                    check.run();
                    if (!way.parcels.isEmpty()) {
                        coming[0] = Coming.MESSAGE;
                        if (target != null) {
                            target[0] = way.take();
                        }
                    } else if (isOver(1 - end, check)) {
                        coming[0] = Coming.END;
                    }
                    return coming[0] != Coming.NOTHING;
                },
                deadline);
        if (target != null && coming[0] == Coming.MESSAGE) {
            room.wakeAll();
        }
        return coming[0];
    }

    /** Whether an end is closed for good; throws if that is because we have left the context just now. */
    private boolean isOver(int end, Runnable check) {
        boolean isOver = holds[end].areOver();
        if (isOver) {
            check.run();
        }
        return isOver;
    }

    /** A message on its way: bytes, or an object where messages are not copied. */
    static final class Parcel {
        private final @Nullable Object content;
        private boolean isTaken;

        Parcel(@Nullable Object content) {
            this.content = content;
        }

        @Nullable
        Object content() {
            return content;
        }

        private int bytes() {
            return OVERHEAD_BYTES + (content instanceof Bytes bytes ? bytes.bytes().length : 0);
        }
    }

    /** Encoded, or sent as bytes. */
    @SuppressWarnings("ArrayRecordComponent")
    record Bytes(byte[] bytes) {}

    /** The messages to one end. */
    private static final class Way {
        private final Deque<Parcel> parcels = new ArrayDeque<>();
        private long bytes;

        /** Puts a message on its way if there is room; says whether its sender may go on. */
        boolean add(Parcel parcel, Room room) {
            boolean isLarge = parcel.bytes() > CAPACITY_BYTES;
            if (isLarge ? parcels.isEmpty() : bytes + parcel.bytes() <= CAPACITY_BYTES) {
                parcels.add(parcel);
                bytes += parcel.bytes();
                room.wakeAll();
                return !isLarge;
            }
            return false;
        }

        Parcel take() {
            Parcel parcel = Objects.requireNonNull(parcels.poll());
            bytes -= parcel.bytes();
            parcel.isTaken = true;
            return parcel;
        }

        /** Takes a message back, wherever it is; false if it has been received. */
        boolean takeBack(Parcel parcel) {
            if (parcels.remove(parcel)) {
                bytes -= parcel.bytes();
            }
            return !parcel.isTaken;
        }
    }

    /** Who holds an end. */
    private static final class Holds {
        private final Map<Integer, TwinContext> holders = new HashMap<>();
        private int last;
        private boolean isOver;

        int add(TwinContext context) {
            if (last > 0 && areOver()) {
                throw new IllegalStateException("this end of the pipe is closed");
            }
            if (holders.size() >= MOST_HOLDS) {
                throw new IllegalStateException(
                        "this end of the pipe is held, by processes and by messages that have not" + " been received, "
                                + MOST_HOLDS + " times already, which is the most it can be");
            }
            holders.put(++last, context);
            return last;
        }

        boolean remove(int hold) {
            return holders.remove(hold) != null;
        }

        boolean areOver() {
            holders.values().removeIf(TwinContext::isClosed);
            isOver |= holders.isEmpty();
            return isOver;
        }
    }
}
