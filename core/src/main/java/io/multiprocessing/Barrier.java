package io.multiprocessing;

import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;

/**
 * A place where a fixed number of parties wait for each other; it may be passed again and again. A party is whoever
 * calls {@link #await()}.
 *
 * <p>Thread and process safety: all methods may be called from any thread, virtual ones included, of any process.
 *
 * <p>Memory consistency effects: what a party did before it arrived is seen by the action, and by all parties after
 * they have passed.
 *
 * <p>Crash effects: when a process is killed that waits here, or that passed last time, the barrier breaks for all
 * others within a tenth of a second. {@link #reset()} makes it usable again.
 *
 * <p>Source: Python's {@code multiprocessing.Barrier}; the exceptions are those of
 * {@link java.util.concurrent.CyclicBarrier}.
 */
public interface Barrier extends SharedObject {
    /**
     * Arrives, and waits until all parties have, at most as long as the barrier's own time limit, if it has one. The
     * last to arrive runs the action first.
     *
     * @return a number from 0 to parties − 1 that no other party of this pass gets
     * @throws BrokenBarrierException if the barrier is broken, or breaks meanwhile: by {@link #abort()}, by
     *     {@link #reset()}, because a party waited too long, was interrupted or was killed, or because the action threw
     *     (then this is its cause, for the party that ran it)
     * @throws InterruptedException if the calling thread is interrupted; the barrier is broken then
     */
    int await() throws InterruptedException, BrokenBarrierException;

    /**
     * As {@link #await()} with another time limit; when it is over the barrier breaks for all. A timeout of zero or
     * less does not wait.
     *
     * @return a number from 0 to parties − 1 that no other party of this pass gets
     * @throws BrokenBarrierException as {@link #await()}
     * @throws InterruptedException if the calling thread is interrupted; the barrier is broken then
     */
    int await(Duration timeout) throws InterruptedException, BrokenBarrierException;

    /** Makes the barrier as new. Whoever waits gets a {@link BrokenBarrierException}. */
    void reset();

    /** Breaks the barrier until it is {@linkplain #reset() reset}. */
    void abort();

    /** How many must arrive. */
    int parties();

    /** How many have arrived and wait. */
    int waiting();

    boolean isBroken();
}
