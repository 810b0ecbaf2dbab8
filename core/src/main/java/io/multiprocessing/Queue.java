package io.multiprocessing;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;

/**
 * A first-in first-out queue of messages between processes: many producers, many consumers. It speaks both vocabularies,
 * Python's {@code put} and {@code get} and that of {@link BlockingQueue}.
 *
 * <p>A message is encoded before it is put, in the thread that puts it: what is changed afterwards is not changed in the
 * message, and what can't be encoded is refused there. There is no thread that feeds the queue, so a process that has put
 * may end at once, and be joined before its messages are taken. {@linkplain SharedObject Shared objects} in a message
 * stay shared.
 *
 * <p>A bounded queue holds at most so many messages, an unbounded one as many as its limit of bytes allows. What one
 * thread puts comes out in the order it was put.
 *
 * <p>Thread and process safety: all methods may be called from any thread, virtual ones included, of any process. Neither
 * producers nor consumers are served in the order of their coming.
 *
 * <p>Memory consistency effects: what a producer wrote to shared objects before it put is seen by who got the message.
 *
 * <p>Crash effects: a process killed in {@code put} has put the message wholly or not at all; one killed in {@code get}
 * has taken it or left it. The only message that can get lost is one that a process had taken when it died.
 *
 * <p>Nulls are refused. Methods that would look for a message in the middle throw {@link UnsupportedOperationException}.
 *
 * <p>Source: Python's {@code multiprocessing.Queue}; {@code shutdown} is that of {@code queue.Queue}.
 *
 * @param <E> what the messages are
 */
@SuppressWarnings("AvoidCommonTypeNames") // it is Python's name, and who uses it imports it
public interface Queue<E> extends SharedObject, BlockingQueue<E>, AutoCloseable {
    /** How much memory the messages of a queue take at most, if it was not said: 1 GiB. */
    long DEFAULT_MAX_BYTES = 1L << 30;

    /**
     * Puts a message; waits without limit while the queue is full.
     *
     * @throws QueueShutDownException if the queue is shut down, now or meanwhile
     * @throws IllegalStateException if this handle is closed
     * @throws MessageNotSerializableException if the message, or something in it, can't be sent; nothing is put
     * @throws IllegalArgumentException if the message is larger than the limit of bytes
     * @throws InterruptedException if the calling thread is interrupted
     */
    @Override
    void put(E message) throws InterruptedException;

    /**
     * Puts a message if there is room in time. A timeout of zero or less does not wait.
     *
     * @throws QueueFullException if there is not
     * @throws QueueShutDownException if the queue is shut down, now or meanwhile
     * @throws InterruptedException if the calling thread is interrupted
     */
    void put(E message, Duration timeout) throws InterruptedException;

    /**
     * Puts a message if there is room now. Source: Python's {@code put_nowait}.
     *
     * @throws QueueFullException if there is not
     * @throws QueueShutDownException if the queue is shut down
     */
    void putNow(E message);

    /**
     * Puts messages in their order, as many at a time as there is room for; waits while there is none.
     *
     * @throws QueueShutDownException if the queue is shut down, now or meanwhile
     * @throws InterruptedException if the calling thread is interrupted; some messages may have been put
     */
    void putAll(Collection<? extends E> messages) throws InterruptedException;

    /**
     * Takes the oldest message; waits without limit while there is none.
     *
     * @throws UnreadableMessageException if the message can't be read here; it has been taken
     * @throws QueueShutDownException if the queue is shut down and, unless that was at once, empty
     * @throws InterruptedException if the calling thread is interrupted
     */
    E get() throws InterruptedException;

    /**
     * Takes the oldest message if there is one in time. A timeout of zero or less does not wait.
     *
     * @throws QueueEmptyException if there is not
     * @throws QueueShutDownException as {@link #get()}
     * @throws InterruptedException if the calling thread is interrupted
     */
    E get(Duration timeout) throws InterruptedException;

    /**
     * Takes the oldest message if there is one now. Source: Python's {@code get_nowait}.
     *
     * @throws QueueEmptyException if there is not
     * @throws QueueShutDownException as {@link #get()}
     */
    E getNow();

    /** As {@link #get()}. */
    @Override
    default E take() throws InterruptedException {
        return get();
    }

    /** How many messages are in the queue; exact at some moment during the call unless others put and get all the time. Source: Python's {@code qsize}. */
    @Override
    int size();

    /** Whether there is no message. Source: Python's {@code empty}. */
    @Override
    boolean isEmpty();

    /** Whether there are as many messages as there may be. Source: Python's {@code full}. */
    boolean isFull();

    /** How many messages the queue holds at most; {@link Integer#MAX_VALUE} if it is not bounded. */
    int capacity();

    /** Copies of the messages, oldest first, as they are at one moment; none is taken. */
    List<E> snapshot();

    /**
     * Shuts the queue down for all processes: who puts, or waits to put, gets a {@link QueueShutDownException}; who gets,
     * gets what is left, and the exception then. Doing it again does nothing.
     */
    void shutdown();

    /** As {@link #shutdown()}, but what is left is dropped. */
    void shutdownNow();

    boolean isShutDown();

    /** Gives up this process's handle: any use of it throws {@link IllegalStateException}. Others go on. */
    @Override
    void close();
}
