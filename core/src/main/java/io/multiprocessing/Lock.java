package io.multiprocessing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A lock between processes, and between their threads: one holder at a time. It is not recursive: who holds it and
 * acquires again waits for itself. It has no owner as to releasing: any thread of any process may release it.
 *
 * <p>Both vocabularies work: Python's {@code acquire} and {@code release}, and that of
 * {@link java.util.concurrent.locks.Lock}. It is also a scope:
 *
 * <p>{@snippet :
 * try (var _ = lock.hold()) {
 *     total.set(total.get() + 1);
 * }
 * }
 *
 * <p>Thread and process safety: all methods may be called from any thread, virtual ones included, of any process.
 * The lock is not fair.
 *
 * <p>Memory consistency effects: what a holder wrote to shared objects before it released is seen by the next holder.
 *
 * <p>Crash effects: when the process that acquired it has ended without releasing, the next to acquire takes the lock
 * over, within a tenth of a second; {@link #abandonment()} tells it so, because what the lock guards may be
 * half-written. A process that is stopped, or slow, is alive and keeps the lock.
 *
 * <p>Source: Python's {@code multiprocessing.Lock}.
 */
public interface Lock extends SharedObject, java.util.concurrent.locks.Lock {
    /**
     * Acquires the lock; waits without limit.
     *
     * @throws InterruptedException if the calling thread is interrupted
     */
    void acquire() throws InterruptedException;

    /**
     * Acquires the lock if it becomes free in time. A timeout of zero or less does not wait.
     *
     * @return whether it was acquired
     * @throws InterruptedException if the calling thread is interrupted
     */
    boolean acquire(Duration timeout) throws InterruptedException;

    /**
     * Acquires the lock if it is free.
     *
     * @return whether it was acquired
     */
    boolean tryAcquire();

    /**
     * Releases the lock.
     *
     * @throws IllegalMonitorStateException if nobody holds it
     */
    void release();

    /** Whether somebody holds the lock, in any process; also true of one that ended without releasing. */
    boolean isLocked();

    /**
     * Acquires the lock for a scope; waits without limit.
     *
     * @return what releases the lock when it is closed, once
     * @throws InterruptedException if the calling thread is interrupted
     */
    Hold hold() throws InterruptedException;

    /**
     * From whom the lock was taken over, as long as the one who took it over holds it; null if its last holder had
     * released it.
     */
    @Nullable
    Abandonment abandonment();

    /** As {@link #acquire()}, but not interruptible. */
    @Override
    void lock();

    @Override
    default void lockInterruptibly() throws InterruptedException {
        acquire();
    }

    @Override
    default boolean tryLock() {
        return tryAcquire();
    }

    @Override
    default boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
        return acquire(Duration.ofNanos(unit.toNanos(time)));
    }

    @Override
    default void unlock() {
        release();
    }

    /** Makes a condition of this lock. */
    @Override
    Condition newCondition();

    /** The lock and its holder: none, this process, or another process by name and pid. */
    @Override
    String toString();

    /** A held lock as a scope; {@link #close()} releases it. */
    interface Hold extends AutoCloseable {
        /** Releases the lock; does nothing the second time. */
        @Override
        void close();
    }
}
