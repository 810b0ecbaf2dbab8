package io.multiprocessing.local.queue;

import io.multiprocessing.JoinableQueue;
import io.multiprocessing.Queue;
import io.multiprocessing.SegmentException;
import io.multiprocessing.SharedObject;
import io.multiprocessing.SimpleQueue;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.LocalObject;
import io.multiprocessing.local.object.Maker;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.Cell;
import java.util.function.Function;

/** Makes queues, and finds those that others made. */
public final class LocalQueues {
    private final Home home;
    private final Maker maker;

    public LocalQueues(Home home, Maker maker) {
        this.home = home;
        this.maker = maker;
    }

    /**
     * The queue in a cell.
     *
     * @throws SegmentException if it is not what the kind says
     */
    public static SharedObject resolve(Home home, ObjectKind kind, Cell cell) {
        return switch (kind) {
            case QUEUE -> new LocalQueue<>(home, kind, cell);
            case JOINABLE_QUEUE -> new LocalJoinableQueue<>(home, cell);
            case SIMPLE_QUEUE -> new LocalSimpleQueue<>(home, cell);
            default -> throw new SegmentException("a " + kind + " is no queue");
        };
    }

    @SuppressWarnings("unchecked") // what the messages are is not known here
    public <E> Queue<E> queue(int maxSize, long maxBytes) {
        return make(
                ObjectKind.QUEUE,
                LocalQueue.class,
                maxSize,
                maxBytes,
                cell -> new LocalQueue<E>(home, ObjectKind.QUEUE, cell));
    }

    @SuppressWarnings("unchecked") // what the messages are is not known here
    public <E> JoinableQueue<E> joinableQueue(int maxSize, long maxBytes) {
        return make(
                ObjectKind.JOINABLE_QUEUE,
                LocalJoinableQueue.class,
                maxSize,
                maxBytes,
                cell -> new LocalJoinableQueue<E>(home, cell));
    }

    @SuppressWarnings("unchecked") // what the messages are is not known here
    public <E> SimpleQueue<E> simpleQueue(long maxBytes) {
        return make(
                ObjectKind.SIMPLE_QUEUE,
                LocalSimpleQueue.class,
                0,
                maxBytes,
                cell -> new LocalSimpleQueue<E>(home, cell));
    }

    private <T extends LocalObject> T make(
            ObjectKind kind, Class<T> type, int maxSize, long maxBytes, Function<Cell, T> object) {
        if (maxBytes < PutSide.FIRST_RING_BYTES) {
            throw new IllegalArgumentException(
                    "a queue of at most " + maxBytes + " bytes; it must be " + PutSide.FIRST_RING_BYTES + " or more");
        }
        home.checkOpen();
        return maker.make(
                kind,
                type,
                () -> object.apply(home.store()
                        .allocate(
                                kind.number(),
                                QueueLayout.BYTES,
                                cell -> ByteQueue.initialize(cell, Math.max(maxSize, 0), maxBytes))));
    }
}
