package io.multiprocessing;

import java.time.Duration;

/**
 * A counter of permits: acquiring takes one and waits while there is none, releasing gives one.
 *
 * <p>Three kinds. {@link SharedObjects#semaphore(int) Plain}: any process may release, also more than was acquired.
 * {@link SharedObjects#boundedSemaphore(int) Bounded}: no more than it began with. {@link
 * SharedObjects#leasedSemaphore(int) Leased}: bounded, and each permit belongs to the process that acquired it.
 *
 * <p>Thread and process safety: all methods may be called from any thread, virtual ones included, of any process. Not
 * fair.
 *
 * <p>Memory consistency effects: what happened before a release is seen after the acquire that took its permit.
 *
 * <p>Crash effects: a leased permit comes back when its holder has died, within a tenth of a second for one who waits.
 * A permit of the other kinds has no holder, so it does not come back. A killed waiter takes nothing with it.
 *
 * <p>Source: Python's {@code multiprocessing.Semaphore} and {@code BoundedSemaphore}.
 */
public interface Semaphore extends SharedObject {
    /**
     * Takes a permit; waits without limit while there is none.
     *
     * @throws InterruptedException if the calling thread is interrupted
     */
    void acquire() throws InterruptedException;

    /**
     * Takes a permit if there is one in time. A timeout of zero or less does not wait.
     *
     * @return whether it was taken
     * @throws InterruptedException if the calling thread is interrupted
     */
    boolean acquire(Duration timeout) throws InterruptedException;

    /**
     * Takes a permit if there is one.
     *
     * @return whether it was taken
     */
    boolean tryAcquire();

    /**
     * Gives a permit.
     *
     * @throws IllegalStateException if there would be more than a bounded semaphore began with, or more than
     *     {@link Integer#MAX_VALUE}; or if a leased permit is released by a process that holds none
     */
    void release();

    /**
     * Gives several permits, all or none.
     *
     * @throws IllegalArgumentException if {@code permits} is less than 1
     * @throws IllegalStateException as {@link #release()}
     */
    void release(int permits);

    /** How many permits there are now. */
    int value();

    /**
     * Takes a permit for a scope; waits without limit.
     *
     * @return what gives the permit back when it is closed, once
     * @throws InterruptedException if the calling thread is interrupted
     */
    Lock.Hold hold() throws InterruptedException;

    /** The kind, the permits left and, where it is bounded, the limit. */
    @Override
    String toString();
}
