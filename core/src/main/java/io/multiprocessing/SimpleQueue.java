package io.multiprocessing;

import java.time.Duration;

/**
 * A queue with the least there is: put, get, empty, close.
 *
 * <p>Thread and process safety, memory consistency and crash effects: those of {@link Queue}.
 *
 * <p>Source: Python's {@code multiprocessing.SimpleQueue}; there a put blocks when the pipe is full, here it does when
 * the limit of bytes is reached.
 *
 * @param <E> what the messages are
 */
public interface SimpleQueue<E> extends SharedObject, Waitable, AutoCloseable {
    /**
     * Puts a message.
     *
     * @throws MessageNotSerializableException if the message, or something in it, can't be sent; nothing is put
     * @throws InterruptedException if the calling thread is interrupted
     */
    void put(E message) throws InterruptedException;

    /**
     * Takes the oldest message; waits without limit while there is none.
     *
     * @throws UnreadableMessageException if the message can't be read here; it has been taken
     * @throws InterruptedException if the calling thread is interrupted
     */
    E get() throws InterruptedException;

    /** Whether there is no message. */
    boolean isEmpty();

    /** Whether there is a message. */
    @Override
    default boolean isReady() {
        return !isEmpty();
    }

    /** Waits until there is a message, at most so long; takes none. See {@link Connections#await}. */
    @Override
    boolean await(Duration timeout) throws InterruptedException;

    /** Gives up this process's handle: any use of it throws {@link IllegalStateException}. */
    @Override
    void close();
}
