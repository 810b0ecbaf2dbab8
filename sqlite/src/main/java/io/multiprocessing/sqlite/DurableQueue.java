package io.multiprocessing.sqlite;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;

/**
 * A first-in first-out queue in a {@link SharedDatabase}: many producers, many consumers, and its messages are still there
 * after all of them have ended.
 *
 * <p>There are two ways to get a message. {@link #take} and its like remove it: if the process ends then, it is lost.
 * {@link #receive} delivers it, and it is removed when it is {@linkplain Delivery#acknowledge acknowledged}; if the
 * process ends before, it is delivered again, so each message is dealt with at least once.
 *
 * <p>That a process has ended is proven: it has a lock that the kernel gives back. Who takes part without this library, by
 * SQL, writes a time limit beside the message instead: see docs/formats.md.
 *
 * <p>Who waits for a message sleeps. A process that opened the database with a {@link io.multiprocessing.Context} is woken
 * by those that opened it with the same one; else it looks several times a second.
 *
 * <p>Nulls are refused. Iterators show the messages as they were, and do not remove. Errors of the database are told by
 * {@link DatabaseException}.
 *
 * <p>Thread and process safety: all methods may be called from any thread of any process.
 *
 * <p>Crash effects: a process killed in {@code put} has put the message wholly or not at all. What a dead process had
 * received and not acknowledged is delivered again, to who asks next, within half a second to who waits; what it had taken
 * is lost.
 *
 * <p>Source: Python's {@code queue.Queue}; acknowledging is that of message brokers.
 *
 * @param <E> what the messages are
 */
public interface DurableQueue<E> extends BlockingQueue<E> {
    /** Its name. */
    String name();

    /**
     * Delivers the oldest message that nobody has; waits without limit while there is none.
     *
     * @throws InterruptedException if the calling thread is interrupted
     */
    Delivery<E> receive() throws InterruptedException;

    /**
     * Delivers the oldest message that nobody has, if there is one in time. A timeout of zero or less does not wait.
     *
     * @throws InterruptedException if the calling thread is interrupted
     */
    Optional<Delivery<E>> receive(Duration timeout) throws InterruptedException;

    /** Delivers the oldest message that nobody has, if there is one now. */
    Optional<Delivery<E>> tryReceive();

    /**
     * Puts a message; waits without limit while the queue is full.
     *
     * @throws IllegalArgumentException if the message is larger than {@link SharedDatabase.Settings#maxValueBytes}
     * @throws InterruptedException if the calling thread is interrupted
     */
    @Override
    void put(E message) throws InterruptedException;

    /** How many messages there are, those included that are delivered and not acknowledged. */
    @Override
    int size();
}
