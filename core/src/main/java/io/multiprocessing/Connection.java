package io.multiprocessing;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One of two ends, between which messages go: objects, or arrays of bytes. What is sent at one end is received at the
 * other, whole, once and in its order. Made by {@link Context#pipe()}, {@link Listener#accept()} and {@link Client}.
 *
 * <p>{@code send} and {@code sendBytes} differ only in what they take: a message may be received as bytes that was sent
 * as an object, it is encoded then. A message is encoded before any of it is sent, so what can't be encoded is refused
 * and the connection unharmed.
 *
 * <p><b>The end of a connection.</b> When the other end is closed, or its process has died, whoever receives gets what
 * was sent before and an {@link EOFException} then, and whoever sends a {@link BrokenPipeException}. The end of a pipe may
 * be held by several processes, each of which has it until it closes its own or dies; it is closed when the last one has
 * let go. So close what you don't use: a process that holds both ends, because it made the pipe, will wait for ever for
 * the end of what it could still send itself.
 *
 * <p>The end of a pipe may be captured by the task of a process, or sent in a message. From then on, until it has arrived,
 * it is held by the sender, so the sender may close its own at once; it is not held any more if the sender dies before. The
 * end of a connection between sockets belongs to its process and can't be sent.
 *
 * <p>Each method that blocks comes in three forms: without limit, with a timeout, of which zero or less does not wait, and
 * with a name that ends in {@code Now}. A message is sent as a whole or, when the time is over or the thread is interrupted first, not at
 * all; between sockets, if a part of it was on its way already, this end is closed then.
 *
 * <p>Thread and process safety: all methods may be called from any thread, virtual ones included. Sending and receiving
 * don't disturb each other. Of several that receive at the same end each message goes to one.
 *
 * <p>Memory consistency effects: what a sender wrote to shared objects before it sent is seen by who received.
 *
 * <p>Crash effects: a process killed in {@code send} has sent the message wholly or not at all; one killed in {@code
 * receive} has taken it or left it. The other end learns within 100 ms that the last process to hold this one has died.
 *
 * <p>Source: Python's {@code multiprocessing.connection.Connection}.
 */
public interface Connection extends Waitable, AutoCloseable {
    /** Whether messages can be received at this end. */
    boolean isReadable();

    /** Whether messages can be sent at this end. */
    boolean isWritable();

    /** Whether {@link #close()} has been called in this process. */
    boolean isClosed();

    /**
     * Sends an object, or null; waits without limit while there is no room for it.
     *
     * @throws MessageNotSerializableException if the message, or something in it, can't be sent
     * @throws BrokenPipeException if nobody can receive it any more
     * @throws IOException if the connection fails
     * @throws IllegalStateException if this end is closed, or only receives
     * @throws InterruptedException if the calling thread is interrupted
     */
    void send(@Nullable Object message) throws IOException, InterruptedException;

    /**
     * As {@link #send(Object)}, if there is room in time.
     *
     * @throws TimeoutException if there is not
     */
    void send(@Nullable Object message, Duration timeout) throws IOException, InterruptedException, TimeoutException;

    /**
     * As {@link #send(Object)}, if there is room now.
     *
     * @throws TimeoutException if there is not
     */
    void sendNow(@Nullable Object message) throws IOException, TimeoutException;

    /**
     * Receives an object; waits without limit until one comes.
     *
     * @return what was sent: a copy, or null
     * @throws UnreadableMessageException if the message can't be read here; it has been taken
     * @throws EOFException if nothing more can come
     * @throws IOException if the connection fails
     * @throws IllegalStateException if this end is closed, or only sends; or if objects are not received because the
     *     other end, on another machine, has not proved who it is: {@link SocketOptions#authkey}
     * @throws InterruptedException if the calling thread is interrupted
     */
    @Nullable
    Object receive() throws IOException, InterruptedException;

    /**
     * As {@link #receive()}, if a message comes in time.
     *
     * @throws TimeoutException if none does
     */
    @Nullable
    Object receive(Duration timeout) throws IOException, InterruptedException, TimeoutException;

    /**
     * As {@link #receive()}, if there is a message now.
     *
     * @throws TimeoutException if there is none
     */
    @Nullable
    Object receiveNow() throws IOException, TimeoutException;

    /**
     * As {@link #receive()}, for a message that must be of a type and not null.
     *
     * @throws ClassCastException if it is not; it has been taken
     */
    default <T> T receive(Class<T> type) throws IOException, InterruptedException {
        Object message = receive();
        if (!type.isInstance(message)) {
            throw new ClassCastException("the message that was received is "
                    + (message == null ? "null" : "a " + message.getClass().getName())
                    + ", not a " + type.getName());
        }
        return type.cast(message);
    }

    /** As {@link #sendBytes(byte[], int, int)}, the whole array. */
    default void sendBytes(byte[] bytes) throws IOException, InterruptedException {
        sendBytes(bytes, 0, bytes.length);
    }

    /**
     * Sends bytes as one message, which may be empty; otherwise as {@link #send(Object)}.
     *
     * @throws IndexOutOfBoundsException if they are not all in the array
     */
    void sendBytes(byte[] bytes, int offset, int length) throws IOException, InterruptedException;

    /**
     * As {@link #sendBytes(byte[], int, int)}, if there is room in time.
     *
     * @throws TimeoutException if there is not
     */
    void sendBytes(byte[] bytes, int offset, int length, Duration timeout)
            throws IOException, InterruptedException, TimeoutException;

    /**
     * As {@link #sendBytes(byte[])}, if there is room now.
     *
     * @throws TimeoutException if there is not
     */
    void sendBytesNow(byte[] bytes) throws IOException, TimeoutException;

    /**
     * Sends the bytes of a piece of memory as one message, of at most 2 GB.
     *
     * @throws IllegalArgumentException if it is larger
     */
    void sendBytes(MemorySegment bytes) throws IOException, InterruptedException;

    /** Receives the bytes of a message; waits without limit until one comes. Otherwise as {@link #receive()}. */
    default byte[] receiveBytes() throws IOException, InterruptedException {
        return receiveBytes(Integer.MAX_VALUE);
    }

    /**
     * Receives the bytes of a message that must not be longer than that. After a longer one nothing more can be received:
     * an end that also sends goes on sending, another one is closed.
     *
     * @throws MessageTooLongException if it is longer
     * @throws IllegalArgumentException if {@code mostBytes} is negative
     */
    byte[] receiveBytes(int mostBytes) throws IOException, InterruptedException;

    /**
     * As {@link #receiveBytes()}, if a message comes in time.
     *
     * @throws TimeoutException if none does
     */
    byte[] receiveBytes(Duration timeout) throws IOException, InterruptedException, TimeoutException;

    /**
     * As {@link #receiveBytes()}, if there is a message now.
     *
     * @throws TimeoutException if there is none
     */
    byte[] receiveBytesNow() throws IOException, TimeoutException;

    /**
     * Receives the bytes of a message into an array, from an offset on.
     *
     * @return how many there were
     * @throws BufferTooShortException if there is no room for all of them; the message is in the exception
     * @throws IndexOutOfBoundsException if the offset is not in the array, nor at its end
     */
    default int receiveBytesInto(byte[] target, int offset) throws IOException, InterruptedException {
        Objects.checkFromToIndex(offset, target.length, target.length);
        return copyInto(target, offset, receiveBytes());
    }

    /**
     * As {@link #receiveBytesInto(byte[], int)}, if a message comes in time.
     *
     * @throws TimeoutException if none does
     */
    default int receiveBytesInto(byte[] target, int offset, Duration timeout)
            throws IOException, InterruptedException, TimeoutException {
        Objects.checkFromToIndex(offset, target.length, target.length);
        return copyInto(target, offset, receiveBytes(timeout));
    }

    /**
     * Whether there is something to receive now: a message, or the end.
     *
     * @throws IllegalStateException if this end is closed, or only sends
     */
    boolean poll();

    /**
     * Waits until there is something to receive, a message or the end, at most so long; a timeout of zero or less does not
     * wait.
     *
     * @return whether there is
     * @throws IllegalStateException if this end is closed, or only sends
     */
    boolean poll(Duration timeout) throws InterruptedException;

    /** As {@link #poll()}. */
    @Override
    default boolean isReady() {
        return poll();
    }

    /** As {@link #poll(Duration)}. */
    @Override
    default boolean await(Duration timeout) throws InterruptedException {
        return poll(timeout);
    }

    /**
     * Gives up this end in this process. Threads that wait there are woken with an {@link IllegalStateException}. What was
     * sent can still be received at the other end. Closing again does nothing.
     */
    @Override
    void close();

    private static int copyInto(byte[] target, int offset, byte[] bytes) throws BufferTooShortException {
        int room = target.length - offset;
        if (bytes.length > room) {
            throw new BufferTooShortException(bytes, room);
        }
        System.arraycopy(bytes, 0, target, offset, bytes.length);
        return bytes.length;
    }
}
