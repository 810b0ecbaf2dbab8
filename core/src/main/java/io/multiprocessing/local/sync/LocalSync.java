package io.multiprocessing.local.sync;

import io.multiprocessing.*;
import io.multiprocessing.local.object.*;
import io.multiprocessing.local.segment.Cell;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

@SuppressWarnings("DoNotCallSuggester")
public final class LocalSync {
    private final Home home;
    private final Maker maker;

    public LocalSync(Home home, Maker maker) {
        this.home = home;
        this.maker = maker;
    }

    public static SharedObject resolve(Home home, ObjectKind kind, Cell cell) {
        return switch (kind) {
            case LOCK -> new LocalLock(home, cell);
            case RLOCK -> new LocalRLock(home, cell);
            default -> throw new UnsupportedOperationException();
        };
    }

    public Lock lock() {
        return maker.make(
                ObjectKind.LOCK,
                LocalLock.class,
                () -> new LocalLock(
                        home, home.store().allocate(ObjectKind.LOCK.number(), LockLayout.BYTES, cell -> {})));
    }

    public RLock rlock() {
        return maker.make(
                ObjectKind.RLOCK,
                LocalRLock.class,
                () -> new LocalRLock(
                        home, home.store().allocate(ObjectKind.RLOCK.number(), LockLayout.BYTES, cell -> {})));
    }

    public Semaphore semaphore(int permits) {
        throw new UnsupportedOperationException();
    }

    public Semaphore boundedSemaphore(int permits) {
        throw new UnsupportedOperationException();
    }

    public Semaphore leasedSemaphore(int permits) {
        throw new UnsupportedOperationException();
    }

    public Condition condition() {
        throw new UnsupportedOperationException();
    }

    public Condition condition(Lock lock) {
        throw new UnsupportedOperationException();
    }

    public Event event() {
        throw new UnsupportedOperationException();
    }

    public Barrier barrier(int parties, @Nullable Task action, @Nullable Duration timeout) {
        throw new UnsupportedOperationException();
    }
}
