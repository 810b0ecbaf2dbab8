package io.multiprocessing;

import io.multiprocessing.spi.FileProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/**
 * A lock that lies in a file: it excludes all processes that lock the same file, related or not, and the threads of one
 * process. It needs no {@link Context}, and is recursive in a thread.
 *
 * <p>{@snippet :
 * FileLock lock = FileLock.of(Path.of("jobs.lock"));
 * try (var _ = lock.hold()) {
 *     // nobody else is here
 * }
 * }
 *
 * <p>The file is created if it is not there, its content is not touched, and it is not removed: who removed it would
 * take it away from those who wait. Where it is removed or replaced nevertheless, who acquires gets the lock of the file
 * that is there, and who held it is {@linkplain #isLost() told}.
 *
 * <p>It excludes the lockers of Python's module {@code fcntl}, those by {@code lockf} and those by {@code flock}, and
 * the packages built on them, the other way round as well; and the locks of {@link java.nio.channels.FileChannel} of
 * other processes.
 *
 * <p>{@link #shared()} is the same lock taken shared: many may hold it so at once, while nobody holds it exclusively. Who
 * holds it shared can't acquire it exclusively; who holds it exclusively and acquires it shared holds it exclusively.
 *
 * <p>A lock may be captured by the task of a {@link Process}; there it is a lock of the same file, not held.
 *
 * <p>Thread and process safety: all methods may be called from any thread, virtual ones included, of any process. Of the
 * processes nobody knows who waits: a waiter looks again and again, first at once, then each few milliseconds. The lock
 * is not fair. File systems of other machines may not lock, or not both ways.
 *
 * <p>Crash effects: when a process that holds it has ended, the kernel has given it back. What the lock guards may be
 * half-written, and nobody is told.
 *
 * <p>Source: fcntl(2), "Open file description locks"; flock(2). {@link java.nio.channels.FileChannel#lock()} throws
 * {@link java.nio.channels.OverlappingFileLockException} where another thread of the process has the lock.
 */
public interface FileLock extends java.util.concurrent.locks.Lock {
    /**
     * The lock of a file. Nothing is opened yet.
     *
     * @throws IllegalArgumentException if the path is a directory
     */
    static FileLock of(Path path) {
        return FileProvider.get().lock(path);
    }

    /** The file, as an absolute path. */
    Path path();

    /** This lock taken shared; of such a lock itself. */
    FileLock shared();

    /**
     * Acquires the lock; waits without limit.
     *
     * @throws FileLockException if the file can't be opened or locked
     * @throws IllegalStateException if this thread holds the lock shared, and wants it exclusively
     * @throws InterruptedException if the calling thread is interrupted
     */
    void acquire() throws InterruptedException;

    /**
     * Acquires the lock if it becomes free in time. A timeout of zero or less does not wait.
     *
     * @return whether it was acquired
     * @throws FileLockException if the file can't be opened or locked
     * @throws IllegalStateException if this thread holds the lock shared, and wants it exclusively
     * @throws InterruptedException if the calling thread is interrupted
     */
    boolean acquire(Duration timeout) throws InterruptedException;

    /**
     * Acquires the lock if it is free.
     *
     * @return whether it was acquired
     * @throws FileLockException if the file can't be opened or locked
     * @throws IllegalStateException if this thread holds the lock shared, and wants it exclusively
     */
    boolean tryAcquire();

    /**
     * Releases the lock, which the calling thread must have acquired.
     *
     * @throws IllegalMonitorStateException if this thread does not hold it
     * @throws FileLockException if the file was deleted or replaced while it was held, so that others may have held the
     *     lock at the same time; the lock is released
     */
    void release();

    /**
     * Acquires the lock for a scope; waits without limit.
     *
     * @return what releases the lock when it is closed, once
     * @throws FileLockException if the file can't be opened or locked
     * @throws InterruptedException if the calling thread is interrupted
     */
    Hold hold() throws InterruptedException;

    /** Whether the calling thread holds the lock; of a shared one, in either way. */
    boolean isHeldByCurrentThread();

    /**
     * Whether the calling thread holds the lock, but its file was deleted or replaced by somebody who did not ask: others
     * may hold the lock as well.
     */
    boolean isLost();

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

    /** @throws UnsupportedOperationException always: a file knows of nobody who waits */
    @Override
    default Condition newCondition() {
        throw new UnsupportedOperationException("a file lock has no conditions; use those of a context");
    }

    /** The file, and whether this process holds the lock. */
    @Override
    String toString();

    /** A held lock as a scope; {@link #close()} releases it. */
    interface Hold extends AutoCloseable {
        /** Releases the lock, as {@link FileLock#release()} does; does nothing the second time. */
        @Override
        void close();
    }
}
