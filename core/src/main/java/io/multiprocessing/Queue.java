package io.multiprocessing;

import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

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
public interface Queue<E> extends SharedObject, BlockingQueue<E>, Waitable, AutoCloseable {
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
    default void putNow(E message) {
        if (!offer(message)) {
            throw new QueueFullException("the queue is full: it has " + size() + " messages"
                    + (capacity() == Integer.MAX_VALUE
                            ? ", as many as its memory holds"
                            : ", and may have " + capacity()));
        }
    }

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
    default E getNow() {
        E message = poll();
        if (message == null) {
            throw new QueueEmptyException("the queue is empty");
        }
        return message;
    }

    /** As {@link #putNow}. */
    @Override
    default boolean add(E message) {
        putNow(message);
        return true;
    }

    /**
     * {@linkplain #putNow Puts} one after the other.
     *
     * @throws QueueFullException if there is no room for one; those before it have been put
     * @throws IllegalArgumentException if it is this queue
     */
    @Override
    default boolean addAll(Collection<? extends E> messages) {
        requireOther(messages);
        messages.forEach(this::putNow);
        return !messages.isEmpty();
    }

    /** As {@link #getNow()}. */
    @Override
    default E remove() {
        return getNow();
    }

    /** As {@link #get()}. */
    @Override
    default E take() throws InterruptedException {
        return get();
    }

    /**
     * A copy of the oldest message, which stays.
     *
     * @throws QueueEmptyException if there is none
     */
    @Override
    default E element() {
        E message = peek();
        if (message == null) {
            throw new QueueEmptyException("the queue is empty");
        }
        return message;
    }

    /** As {@link #drainTo(Collection, int)}, all there are. */
    @Override
    default int drainTo(Collection<? super E> target) {
        return drainTo(target, Integer.MAX_VALUE);
    }

    /**
     * Takes what is there, at most so many, and does not wait. Of a queue that is shut down it takes what is left, and then
     * nothing: whoever would wait for more learns of the end by {@link #get()}.
     *
     * @return how many it took
     * @throws UnreadableMessageException if one can't be read here; it has been taken, and so have the others, which are
     *     in the target
     * @throws IllegalArgumentException if the target is this queue
     */
    @Override
    int drainTo(Collection<? super E> target, int most);

    /** How many messages are in the queue; exact at some moment during the call unless others put and get all the time. Source: Python's {@code qsize}. */
    @Override
    int size();

    /** Whether there is no message. Source: Python's {@code empty}. */
    @Override
    default boolean isEmpty() {
        return size() == 0;
    }

    /** Whether there are as many messages as there may be. Source: Python's {@code full}. */
    default boolean isFull() {
        return size() >= capacity();
    }

    /** How many messages the queue holds at most; {@link Integer#MAX_VALUE} if it is not bounded. */
    int capacity();

    @Override
    default int remainingCapacity() {
        int most = capacity();
        return most == Integer.MAX_VALUE ? most : Math.max(most - size(), 0);
    }

    /** Whether {@link #get()} would not wait: there is a message, or the queue is shut down. Source: Python's {@code connection.wait}. */
    @Override
    default boolean isReady() {
        return !isEmpty() || isShutDown();
    }

    /**
     * Waits until {@link #get()} would not wait, at most so long; takes nothing, so another one may be faster than who
     * then gets. See {@link Connections#await}.
     *
     * @return whether it is ready
     * @throws InterruptedException if the calling thread is interrupted
     */
    @Override
    boolean await(Duration timeout) throws InterruptedException;

    /** Copies of the messages, oldest first, as they are at one moment; none is taken. */
    List<E> snapshot();

    /** Over a {@link #snapshot()}; it removes nothing. */
    @Override
    default Iterator<E> iterator() {
        return snapshot().iterator();
    }

    @Override
    default Object[] toArray() {
        return snapshot().toArray();
    }

    @Override
    default <T> T[] toArray(T[] array) {
        return snapshot().toArray(array);
    }

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

    @Override
    default boolean contains(@Nullable Object message) {
        throw noLookingInside();
    }

    @Override
    default boolean containsAll(Collection<?> messages) {
        throw noLookingInside();
    }

    @Override
    default boolean remove(@Nullable Object message) {
        throw noLookingInside();
    }

    @Override
    default boolean removeAll(Collection<?> messages) {
        throw noLookingInside();
    }

    @Override
    default boolean retainAll(Collection<?> messages) {
        throw noLookingInside();
    }

    @Override
    default boolean removeIf(Predicate<? super E> filter) {
        throw noLookingInside();
    }

    /** @throws IllegalArgumentException if it is this queue: a queue can't be drained into itself, or fill itself */
    private void requireOther(Object other) {
        if (equals(Objects.requireNonNull(other))) {
            throw new IllegalArgumentException("a queue can't be drained into itself");
        }
    }

    private static UnsupportedOperationException noLookingInside() {
        return new UnsupportedOperationException(
                "a queue between processes does not look for a message; take a snapshot()");
    }
}
