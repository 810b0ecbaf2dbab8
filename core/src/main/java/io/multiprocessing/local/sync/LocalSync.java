package io.multiprocessing.local.sync;

import io.multiprocessing.Barrier;
import io.multiprocessing.Condition;
import io.multiprocessing.Event;
import io.multiprocessing.Lock;
import io.multiprocessing.RLock;
import io.multiprocessing.SegmentException;
import io.multiprocessing.Semaphore;
import io.multiprocessing.SharedObject;
import io.multiprocessing.Task;
import io.multiprocessing.codec.TaskCodec;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.LocalObject;
import io.multiprocessing.local.object.Maker;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.spi.Deadline;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the objects of this package, and finds those that others made. */
public final class LocalSync {
    private static final int MOST_LEASED_PERMITS = 4096;
    private static final int MOST_PARTIES = 4096;

    private final Home home;
    private final Maker maker;

    public LocalSync(Home home, Maker maker) {
        this.home = home;
        this.maker = maker;
    }

    /**
     * The object in a cell.
     *
     * @throws SegmentException if it is not what the kind says
     */
    public static SharedObject resolve(Home home, ObjectKind kind, Cell cell) {
        return switch (kind) {
            case LOCK -> new LocalLock(home, cell);
            case RLOCK -> new LocalRLock(home, cell);
            case SEMAPHORE, BOUNDED_SEMAPHORE -> new LocalSemaphore(home, kind, cell);
            case LEASED_SEMAPHORE -> new LeasedSemaphore(home, cell);
            case CONDITION -> new LocalCondition(home, cell);
            case EVENT -> new LocalEvent(home, cell);
            case BARRIER -> new LocalBarrier(home, cell);
            default -> throw new SegmentException("a " + kind + " is nothing to synchronize with");
        };
    }

    public Lock lock() {
        return make(ObjectKind.LOCK, LocalLock.class, LockLayout.BYTES, cell -> {}, cell -> new LocalLock(home, cell));
    }

    public RLock rlock() {
        return make(
                ObjectKind.RLOCK, LocalRLock.class, LockLayout.BYTES, cell -> {}, cell -> new LocalRLock(home, cell));
    }

    public Semaphore semaphore(int permits) {
        return semaphore(ObjectKind.SEMAPHORE, permits, Integer.MAX_VALUE);
    }

    public Semaphore boundedSemaphore(int permits) {
        return semaphore(ObjectKind.BOUNDED_SEMAPHORE, permits, permits);
    }

    public Semaphore leasedSemaphore(int permits) {
        if (permits < 1 || permits > MOST_LEASED_PERMITS) {
            throw new IllegalArgumentException(
                    "a leased semaphore of " + permits + " permits; it must be 1 to " + MOST_LEASED_PERMITS);
        }
        return make(
                ObjectKind.LEASED_SEMAPHORE,
                LeasedSemaphore.class,
                LeasedSemaphoreLayout.bytes(permits),
                cell -> LeasedSemaphore.initialize(cell, permits),
                cell -> new LeasedSemaphore(home, cell));
    }

    /** A condition with a recursive lock of its own, which lies in the same cell. */
    public Condition condition() {
        return make(
                ObjectKind.CONDITION,
                LocalCondition.class,
                ConditionLayout.BYTES_WITH_LOCK,
                cell -> {
                    Cell lock = home.store()
                            .embed(cell, ConditionLayout.OWN_LOCK, ObjectKind.RLOCK.number(), LockLayout.BYTES);
                    LocalCondition.initialize(cell, ObjectKind.RLOCK, lock.id());
                },
                cell -> new LocalCondition(home, cell));
    }

    public Condition condition(Lock lock) {
        Objects.requireNonNull(lock, "lock");
        if (!(lock instanceof ConditionLock given)
                || !(lock instanceof LocalObject object)
                || !object.home().contextId().equals(home.contextId())) {
            throw new IllegalArgumentException("the lock " + lock + " belongs to another context");
        }
        return make(
                ObjectKind.CONDITION,
                LocalCondition.class,
                ConditionLayout.BYTES,
                cell -> LocalCondition.initialize(cell, object.kind(), object.id()),
                cell -> new LocalCondition(home, cell, given));
    }

    public Event event() {
        return make(
                ObjectKind.EVENT, LocalEvent.class, EventLayout.BYTES, cell -> {}, cell -> new LocalEvent(home, cell));
    }

    public Barrier barrier(int parties, @Nullable Task action, @Nullable Duration timeout) {
        if (parties < 1 || parties > MOST_PARTIES) {
            throw new IllegalArgumentException("a barrier of " + parties + " parties; it must be 1 to " + MOST_PARTIES);
        }
        byte[] encoded = action == null ? new byte[0] : TaskCodec.write(action);
        long timeoutNanos = timeout == null ? BarrierLayout.NO_TIMEOUT : Deadline.nanos(timeout);
        return make(
                ObjectKind.BARRIER,
                LocalBarrier.class,
                BarrierLayout.bytes(parties, encoded.length),
                cell -> LocalBarrier.initialize(cell, parties, encoded, timeoutNanos),
                cell -> new LocalBarrier(home, cell));
    }

    private Semaphore semaphore(ObjectKind kind, int permits, int limit) {
        if (permits < 0) {
            throw new IllegalArgumentException("a semaphore of " + permits + " permits; it must be 0 or more");
        }
        return make(
                kind,
                LocalSemaphore.class,
                SemaphoreLayout.BYTES,
                cell -> LocalSemaphore.initialize(cell, permits, limit),
                cell -> new LocalSemaphore(home, kind, cell));
    }

    private <T extends LocalObject> T make(
            ObjectKind kind, Class<T> type, long bytes, Consumer<Cell> initializer, Function<Cell, T> object) {
        home.checkOpen();
        return maker.make(kind, type, () -> object.apply(home.store().allocate(kind.number(), bytes, initializer)));
    }
}
