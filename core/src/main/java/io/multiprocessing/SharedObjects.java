package io.multiprocessing;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Makes shared objects. {@link Context} makes them without a name, {@link Context#named(String)} under one.
 *
 * <p>Crash effects: a process that dies while it makes an object leaves nothing that others can see.
 */
public interface SharedObjects extends Values {
    /**
     * Makes values and arrays without a lock; their single accesses are still atomic. Source: Python's
     * {@code RawValue} and {@code RawArray}.
     */
    Values raw();

    /**
     * Makes values and arrays that use a given lock as theirs.
     *
     * @throws IllegalArgumentException if the lock is of another context
     */
    Values guardedBy(Lock lock);

    /** Makes a lock. It is free at first. */
    Lock lock();

    /** Makes a lock that its holder may take again. */
    RLock rlock();

    /**
     * Makes a semaphore.
     *
     * @throws IllegalArgumentException if {@code permits} is negative
     */
    Semaphore semaphore(int permits);

    /**
     * Makes a semaphore that refuses to hold more permits than it began with.
     *
     * @throws IllegalArgumentException if {@code permits} is negative
     */
    Semaphore boundedSemaphore(int permits);

    /**
     * Makes a bounded semaphore that knows who holds each permit: those of a process that died come back. A permit
     * must be released by the process that acquired it.
     *
     * @throws IllegalArgumentException if {@code permits} is less than 1 or more than 4096
     */
    Semaphore leasedSemaphore(int permits);

    /** Makes a condition with a recursive lock of its own. */
    Condition condition();

    /**
     * Makes a condition of a lock; several conditions may share one.
     *
     * @throws IllegalArgumentException if the lock is of another context
     */
    Condition condition(Lock lock);

    /** Makes an event. It is unset at first. */
    Event event();

    /**
     * Makes a barrier.
     *
     * @throws IllegalArgumentException if {@code parties} is less than 1 or more than 4096
     */
    default Barrier barrier(int parties) {
        return barrier(parties, null, null);
    }

    /** As {@link #barrier(int, Task, Duration)}, without a time limit. */
    default Barrier barrier(int parties, Task action) {
        return barrier(parties, action, null);
    }

    /**
     * Makes a barrier.
     *
     * @param parties how many must arrive for all to go on
     * @param action what one of them runs before anyone goes on, in its own process
     * @param timeout how long {@link Barrier#await()} waits at most
     * @throws IllegalArgumentException if {@code parties} is less than 1 or more than 4096
     * @throws TaskNotSerializableException if the action can't be sent to other processes
     */
    Barrier barrier(int parties, @Nullable Task action, @Nullable Duration timeout);

    /** Makes a queue that is bounded only by {@link Queue#DEFAULT_MAX_BYTES}. */
    default <E> Queue<E> queue() {
        return queue(0);
    }

    /** As {@link #queue(int, long)}, with at most {@link Queue#DEFAULT_MAX_BYTES}. */
    default <E> Queue<E> queue(int maxSize) {
        return queue(maxSize, Queue.DEFAULT_MAX_BYTES);
    }

    /**
     * Makes a queue.
     *
     * @param maxSize how many messages it holds at most; 0 or less for any number
     * @param maxBytes how much memory its messages take at most: a put waits while it would take more
     * @throws IllegalArgumentException if {@code maxBytes} is less than 65536
     */
    <E> Queue<E> queue(int maxSize, long maxBytes);

    /** Makes a queue whose messages can be waited for, bounded only by {@link Queue#DEFAULT_MAX_BYTES}. */
    default <E> JoinableQueue<E> joinableQueue() {
        return joinableQueue(0);
    }

    /** As {@link #joinableQueue(int, long)}, with at most {@link Queue#DEFAULT_MAX_BYTES}. */
    default <E> JoinableQueue<E> joinableQueue(int maxSize) {
        return joinableQueue(maxSize, Queue.DEFAULT_MAX_BYTES);
    }

    /** Makes a queue whose messages can be waited for; otherwise as {@link #queue(int, long)}. */
    <E> JoinableQueue<E> joinableQueue(int maxSize, long maxBytes);

    /** Makes a queue with the least there is, bounded only by {@link Queue#DEFAULT_MAX_BYTES}. */
    <E> SimpleQueue<E> simpleQueue();
}
