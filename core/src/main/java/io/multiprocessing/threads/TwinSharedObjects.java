package io.multiprocessing.threads;

import io.multiprocessing.Barrier;
import io.multiprocessing.Condition;
import io.multiprocessing.Event;
import io.multiprocessing.JoinableQueue;
import io.multiprocessing.Lock;
import io.multiprocessing.Queue;
import io.multiprocessing.RLock;
import io.multiprocessing.Semaphore;
import io.multiprocessing.SharedObjects;
import io.multiprocessing.SimpleQueue;
import io.multiprocessing.Task;
import io.multiprocessing.Values;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes all kinds of objects in one context. */
abstract class TwinSharedObjects extends TwinValues implements SharedObjects {
    private static final int MOST_LEASED_PERMITS = 4096;
    private static final int MOST_PARTIES = 4096;
    private static final int LEAST_QUEUE_BYTES = 1 << 16;

    @Override
    public final Values raw() {
        return new GuardedValues(home(), objectName(), Guard.RAW);
    }

    @Override
    public final Values guardedBy(Lock lock) {
        return new GuardedValues(home(), objectName(), new Guard(ours(lock).id));
    }

    @Override
    public final Lock lock() {
        return make(TwinLock.class, "Lock", () -> {
            Mutex mutex = new Mutex(home().space());
            return (context, id) -> new TwinLock(context, id, mutex);
        });
    }

    @Override
    public final RLock rlock() {
        return make(TwinRLock.class, "RLock", () -> {
            Mutex mutex = new Mutex(home().space());
            return (context, id) -> new TwinRLock(context, id, mutex);
        });
    }

    @Override
    public final Semaphore semaphore(int permits) {
        return semaphore("Semaphore", permits, Integer.MAX_VALUE);
    }

    @Override
    public final Semaphore boundedSemaphore(int permits) {
        return semaphore("BoundedSemaphore", permits, permits);
    }

    private Semaphore semaphore(String typeName, int permits, int limit) {
        if (permits < 0) {
            throw new IllegalArgumentException("a semaphore of " + permits + " permits; it must be 0 or more");
        }
        return make(TwinSemaphore.class, typeName, () -> {
            Permits plain = new Permits.Plain(home().space(), permits, limit);
            return (context, id) -> new TwinSemaphore(context, id, typeName, plain, limit);
        });
    }

    @Override
    public final Semaphore leasedSemaphore(int permits) {
        if (permits < 1 || permits > MOST_LEASED_PERMITS) {
            throw new IllegalArgumentException(
                    "a leased semaphore of " + permits + " permits; it must be 1 to " + MOST_LEASED_PERMITS);
        }
        return make(TwinSemaphore.class, "LeasedSemaphore", () -> {
            Permits leased = new Permits.Leased(home().space(), permits);
            return (context, id) -> new TwinSemaphore(context, id, "LeasedSemaphore", leased, permits);
        });
    }

    @Override
    public final Condition condition() {
        return make(
                TwinCondition.class,
                "Condition",
                () -> conditionOf(Guard.own(home().space()).lock()));
    }

    @Override
    public final Condition condition(Lock lock) {
        long lockId = ours(lock).id;
        return make(TwinCondition.class, "Condition", () -> conditionOf(lockId));
    }

    private TwinObject.View conditionOf(long lockId) {
        var row = new TwinCondition.Row(home().space());
        return (context, id) -> new TwinCondition(context, id, lockId, row);
    }

    @Override
    public final Event event() {
        return make(TwinEvent.class, "Event", () -> {
            var flag = new TwinEvent.Flag(home().space());
            return (context, id) -> new TwinEvent(context, id, flag);
        });
    }

    @Override
    public final Barrier barrier(int parties, @Nullable Task action, @Nullable Duration timeout) {
        if (parties < 1 || parties > MOST_PARTIES) {
            throw new IllegalArgumentException("a barrier of " + parties + " parties; it must be 1 to " + MOST_PARTIES);
        }
        Space space = home().space();
        TwinBarrier.Action encoded = action == null ? null : TwinBarrier.Action.of(action, space.copies());
        return make(TwinBarrier.class, "Barrier", () -> {
            var passes = new TwinBarrier.Passes(space, parties, encoded, timeout);
            return (context, id) -> new TwinBarrier(context, id, passes);
        });
    }

    @Override
    @SuppressWarnings("unchecked") // what the messages are is not known here
    public final <E> Queue<E> queue(int maxSize, long maxBytes) {
        return make(TwinQueue.class, "Queue", () -> {
            Messages messages = messages(maxSize, maxBytes);
            return (context, id) -> new TwinQueue<>(context, id, messages);
        });
    }

    @Override
    @SuppressWarnings("unchecked") // what the messages are is not known here
    public final <E> JoinableQueue<E> joinableQueue(int maxSize, long maxBytes) {
        return make(TwinJoinableQueue.class, "JoinableQueue", () -> {
            Messages messages = messages(maxSize, maxBytes);
            return (context, id) -> new TwinJoinableQueue<>(context, id, messages);
        });
    }

    @Override
    @SuppressWarnings("unchecked") // what the messages are is not known here
    public final <E> SimpleQueue<E> simpleQueue() {
        return make(TwinSimpleQueue.class, "SimpleQueue", () -> {
            Messages messages = messages(0, Queue.DEFAULT_MAX_BYTES);
            return (context, id) -> new TwinSimpleQueue<>(context, id, messages);
        });
    }

    private Messages messages(int maxSize, long maxBytes) {
        if (maxBytes < LEAST_QUEUE_BYTES) {
            throw new IllegalArgumentException(
                    "a queue of at most " + maxBytes + " bytes; it must be " + LEAST_QUEUE_BYTES + " or more");
        }
        return new Messages(home().space(), maxSize, maxBytes);
    }

    /** @throws IllegalArgumentException if the lock belongs to another context */
    @SuppressWarnings("ReferenceEquality") // a space is itself
    private TwinObject ours(Lock lock) {
        Objects.requireNonNull(lock, "lock");
        home().checkOpen();
        if (lock instanceof TwinObject object && object.space() == home().space()) {
            return object;
        }
        throw new IllegalArgumentException("the lock " + lock + " belongs to another context");
    }

    /** Makes values and arrays with a given lock or none. */
    private static final class GuardedValues extends TwinValues {
        private final TwinContext home;
        private final @Nullable String objectName;
        private final Guard guard;

        GuardedValues(TwinContext home, @Nullable String objectName, Guard guard) {
            home.checkOpen();
            this.home = home;
            this.objectName = objectName;
            this.guard = guard;
        }

        @Override
        TwinContext home() {
            return home;
        }

        @Override
        @Nullable
        String objectName() {
            return objectName;
        }

        @Override
        Guard newGuard() {
            return guard;
        }
    }
}
