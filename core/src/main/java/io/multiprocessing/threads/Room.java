package io.multiprocessing.threads;

import io.multiprocessing.spi.Deadline;
import io.multiprocessing.spi.Uninterrupted;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Some state, and those who wait for it to change: a monitor that wakes whoever waits also when a context is left, be it
 * the waiter's own, which ends its wait, or another one, whose locks can be taken over then.
 *
 * <p>A room in which somebody waits is known to its space; who leaves a context says so first and wakes those rooms then.
 * As a waiter makes its room known before it looks, it either sees what was said or is woken.
 */
final class Room {
    private final Space space;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int waiters;

    Room(Space space) {
        this.space = space;
    }

    /**
     * Tries, at once and after every change, until it succeeds or the time is over.
     *
     * @param attempt changes the state if it can, and says whether it could
     * @return whether it succeeded
     * @throws IllegalStateException if the context is closed, now or meanwhile
     */
    boolean await(TwinContext context, BooleanSupplier attempt, Deadline deadline) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        lock.lock();
        try {
            context.checkOpen();
            if (attempt.getAsBoolean()) {
                return true;
            }
            enter();
            try {
                while (true) {
                    context.checkOpen();
                    if (attempt.getAsBoolean()) {
                        return true;
                    }
                    long nanos = deadline.nanosLeft();
                    if (nanos <= 0) {
                        return false;
                    }
                    changed.awaitNanos(nanos);
                }
            } finally {
                leave();
            }
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #await} without a time limit; an interrupt is kept for later. */
    void awaitUninterruptibly(TwinContext context, BooleanSupplier attempt) {
        Uninterrupted.run(() -> await(context, attempt, Deadline.NEVER));
    }

    /** Reads the state, or changes it in a way for which nobody waits. */
    <T extends @Nullable Object> T look(Supplier<T> look) {
        lock.lock();
        try {
            return look.get();
        } finally {
            lock.unlock();
        }
    }

    /** Changes the state and wakes one of those who wait, all of whom wait for the same. */
    void changeForOne(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Changes the state and wakes all who wait. */
    <T extends @Nullable Object> T changeForAll(Supplier<T> change) {
        lock.lock();
        try {
            T result = change.get();
            changed.signalAll();
            return result;
        } finally {
            lock.unlock();
        }
    }

    void wakeAll() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void enter() {
        if (waiters++ == 0) {
            space.waitedIn(this);
        }
    }

    private void leave() {
        if (--waiters == 0) {
            space.notWaitedIn(this);
        }
    }
}
