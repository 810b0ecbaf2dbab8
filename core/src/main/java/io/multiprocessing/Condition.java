package io.multiprocessing;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Lets processes wait, with a {@link Lock} released meanwhile, until another one says that something has changed.
 *
 * <p>Python's {@code wait} and {@code notify} are names that Java's {@link Object} has taken; they are {@code await}
 * and {@code signal} here, as in {@link java.util.concurrent.locks.Condition}.
 *
 * <p>Thread and process safety: all methods may be called from any thread, virtual ones included, of any process that
 * holds the lock. Whoever waits longest is woken first. There are no spurious wake-ups but one: when a process dies
 * that was signalled and had not yet gone on, its signal is passed on to another waiter.
 *
 * <p>Crash effects: a killed waiter is forgotten, and does not swallow a signal; a killed signaller has woken those it
 * had come to.
 *
 * <p>Source: Python's {@code multiprocessing.Condition}.
 */
public interface Condition extends SharedObject, java.util.concurrent.locks.Condition {
    /** The lock of this condition. */
    Lock lock();

    /**
     * Releases the lock, waits for a signal, and acquires the lock again, as often as it was held.
     *
     * @throws IllegalMonitorStateException if the caller does not hold the lock
     * @throws InterruptedException if the calling thread is interrupted; the lock is held again when it is thrown
     */
    @Override
    void await() throws InterruptedException;

    /**
     * As {@link #await()}, but goes on when the time is over; acquiring the lock again may take longer. A timeout of
     * zero or less does not wait for a signal.
     *
     * @return whether there was a signal
     * @throws IllegalMonitorStateException if the caller does not hold the lock
     * @throws InterruptedException if the calling thread is interrupted; the lock is held again when it is thrown
     */
    boolean await(Duration timeout) throws InterruptedException;

    /**
     * Waits until a predicate over shared state holds; evaluates it with the lock held, at first and after each signal.
     *
     * @throws IllegalMonitorStateException if the caller does not hold the lock
     * @throws InterruptedException if the calling thread is interrupted
     */
    void awaitUntil(BooleanSupplier predicate) throws InterruptedException;

    /**
     * As {@link #awaitUntil(BooleanSupplier)}, at most so long in all, however many signals come.
     *
     * @return what the predicate said last
     * @throws IllegalMonitorStateException if the caller does not hold the lock
     * @throws InterruptedException if the calling thread is interrupted
     */
    boolean awaitUntil(BooleanSupplier predicate, Duration timeout) throws InterruptedException;

    /**
     * Wakes one waiter, if there is one.
     *
     * @throws IllegalMonitorStateException if the caller does not hold the lock
     */
    @Override
    default void signal() {
        signal(1);
    }

    /**
     * Wakes at most so many waiters.
     *
     * @throws IllegalArgumentException if {@code waiters} is less than 1
     * @throws IllegalMonitorStateException if the caller does not hold the lock
     */
    void signal(int waiters);

    /**
     * Wakes all waiters.
     *
     * @throws IllegalMonitorStateException if the caller does not hold the lock
     */
    @Override
    void signalAll();
}
