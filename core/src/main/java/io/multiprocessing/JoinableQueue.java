package io.multiprocessing;

import java.time.Duration;

/**
 * A queue that knows which of its messages have been dealt with: consumers say so by {@link #taskDone()}, and
 * {@link #join()} waits until that has been said of all.
 *
 * <p>Crash effects: those of {@link Queue}; a message that a process had taken when it died is never said to be done, so
 * use {@link #join(Duration)} where consumers may be killed.
 *
 * <p>Source: Python's {@code multiprocessing.JoinableQueue}.
 *
 * @param <E> what the messages are
 */
public interface JoinableQueue<E> extends Queue<E> {
    /**
     * Says that a message that was taken has been dealt with.
     *
     * @throws IllegalStateException if that has been said of all messages already
     */
    void taskDone();

    /**
     * Waits until all messages that were put have been dealt with.
     *
     * @throws InterruptedException if the calling thread is interrupted
     */
    void join() throws InterruptedException;

    /**
     * As {@link #join()}, at most so long.
     *
     * @return whether all have been dealt with
     * @throws InterruptedException if the calling thread is interrupted
     */
    boolean join(Duration timeout) throws InterruptedException;

    /** How many messages have not been dealt with. */
    int unfinished();
}
