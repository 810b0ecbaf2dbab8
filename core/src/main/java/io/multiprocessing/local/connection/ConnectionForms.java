package io.multiprocessing.local.connection;

import io.multiprocessing.BufferTooShortException;
import io.multiprocessing.Connection;
import io.multiprocessing.MessageNotSerializableException;
import io.multiprocessing.MessageTooLongException;
import io.multiprocessing.UnreadableMessageException;
import io.multiprocessing.codec.Departures;
import io.multiprocessing.codec.Encoder;
import io.multiprocessing.codec.ValueCodec;
import io.multiprocessing.local.sync.Deadline;
import java.io.IOException;
import java.io.NotSerializableException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The many forms of sending and receiving, made of one way to do each. */
interface ConnectionForms extends Connection {
    /** The first byte of what Python's {@code send} sends. */
    byte PICKLE = (byte) 0x80;

    /**
     * Sends a message.
     *
     * @throws TimeoutException if the deadline is over first; nothing was sent then
     */
    void write(Outgoing message, Deadline deadline) throws IOException, InterruptedException, TimeoutException;

    /**
     * Receives a message, or the reason why none will come.
     *
     * @throws TimeoutException if the deadline is over first
     */
    void read(Incoming target, Deadline deadline) throws IOException, InterruptedException, TimeoutException;

    /** @throws IllegalStateException if nothing can be sent here */
    void checkWritable();

    /** @throws IllegalStateException if nothing can be received here */
    void checkReadable();

    /** @throws IllegalStateException if no objects can be received here */
    void checkMayDecode();

    /** Receives nothing more. */
    void endReading();

    @Override
    default void send(@Nullable Object message) throws IOException, InterruptedException {
        untimed(() -> {
            send(message, Deadline.NEVER);
            return true;
        });
    }

    @Override
    default void send(@Nullable Object message, Duration timeout)
            throws IOException, InterruptedException, TimeoutException {
        send(message, Deadline.after(timeout));
    }

    @Override
    default void sendNow(@Nullable Object message) throws IOException, TimeoutException {
        now(() -> {
            send(message, Deadline.after(Duration.ZERO));
            return true;
        });
    }

    private void send(@Nullable Object message, Deadline deadline)
            throws IOException, InterruptedException, TimeoutException {
        checkWritable();
        boolean isSent = false;
        try (Departures departures = Departures.begin();
                Encoder encoder = Encoder.borrow()) {
            try {
                encoder.write(message);
                if (encoder.length() > Incoming.MOST_BYTES) {
                    throw new IllegalArgumentException("a message of " + encoder.length()
                            + " bytes is too large; at most " + Incoming.MOST_BYTES + " can be received");
                }
                write(new Outgoing.Encoded(encoder), deadline);
                isSent = true;
            } catch (NotSerializableException refused) {
                throw new MessageNotSerializableException("can't be sent: " + refused.getMessage(), refused);
            } finally {
                if (!isSent) {
                    departures.lost();
                }
            }
        }
    }

    @Override
    default @Nullable Object receive() throws IOException, InterruptedException {
        checkMayDecode();
        return decode(receiveBytes());
    }

    @Override
    default @Nullable Object receive(Duration timeout) throws IOException, InterruptedException, TimeoutException {
        checkMayDecode();
        return decode(receiveBytes(timeout));
    }

    @Override
    default @Nullable Object receiveNow() throws IOException, TimeoutException {
        checkMayDecode();
        return decode(receiveBytesNow());
    }

    @Override
    default void sendBytes(byte[] bytes, int offset, int length) throws IOException, InterruptedException {
        sendBytes(slice(bytes, offset, length));
    }

    @Override
    default void sendBytes(byte[] bytes, int offset, int length, Duration timeout)
            throws IOException, InterruptedException, TimeoutException {
        checkWritable();
        write(new Outgoing.Memory(slice(bytes, offset, length)), Deadline.after(timeout));
    }

    @Override
    default void sendBytes(MemorySegment bytes) throws IOException, InterruptedException {
        checkWritable();
        if (bytes.byteSize() > Incoming.MOST_BYTES) {
            throw new IllegalArgumentException("a message of " + bytes.byteSize() + " bytes is too large; at most "
                    + Incoming.MOST_BYTES + " can be received");
        }
        untimed(() -> {
            write(new Outgoing.Memory(bytes), Deadline.NEVER);
            return true;
        });
    }

    @Override
    default void sendBytesNow(byte[] bytes) throws IOException, TimeoutException {
        checkWritable();
        now(() -> {
            write(new Outgoing.Memory(MemorySegment.ofArray(bytes)), Deadline.after(Duration.ZERO));
            return true;
        });
    }

    @Override
    default byte[] receiveBytes(int mostBytes) throws IOException, InterruptedException {
        if (mostBytes < 0) {
            throw new IllegalArgumentException("at most " + mostBytes + " bytes; it must be 0 or more");
        }
        return untimed(() -> bytes(mostBytes, Deadline.NEVER));
    }

    @Override
    default byte[] receiveBytes(Duration timeout) throws IOException, InterruptedException, TimeoutException {
        return bytes(Integer.MAX_VALUE, Deadline.after(timeout));
    }

    @Override
    default byte[] receiveBytesNow() throws IOException, TimeoutException {
        return now(() -> bytes(Integer.MAX_VALUE, Deadline.after(Duration.ZERO)));
    }

    @Override
    default int receiveBytesInto(byte[] target, int offset) throws IOException, InterruptedException {
        Objects.checkFromToIndex(offset, target.length, target.length);
        return into(target, offset, receiveBytes());
    }

    @Override
    default int receiveBytesInto(byte[] target, int offset, Duration timeout)
            throws IOException, InterruptedException, TimeoutException {
        Objects.checkFromToIndex(offset, target.length, target.length);
        return into(target, offset, receiveBytes(timeout));
    }

    private byte[] bytes(int mostBytes, Deadline deadline) throws IOException, InterruptedException, TimeoutException {
        checkReadable();
        Incoming incoming = new Incoming(mostBytes);
        read(incoming, deadline);
        try {
            return incoming.bytes();
        } catch (MessageTooLongException unread) {
            endReading();
            throw unread;
        }
    }

    private static @Nullable Object decode(byte[] bytes) {
        if (bytes.length > 0 && bytes[0] == PICKLE) {
            throw new UnreadableMessageException(
                    "the message is a pickle of Python's: let Python use send_bytes, and receive it as bytes");
        }
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        return ValueCodec.decode(bytes, ofThread == null ? ClassLoader.getSystemClassLoader() : ofThread);
    }

    private static int into(byte[] target, int offset, byte[] bytes) throws BufferTooShortException {
        int room = target.length - offset;
        if (bytes.length > room) {
            throw new BufferTooShortException(bytes, room);
        }
        System.arraycopy(bytes, 0, target, offset, bytes.length);
        return bytes.length;
    }

    private static MemorySegment slice(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        return MemorySegment.ofArray(bytes).asSlice(offset, length);
    }

    /** Does what has no time limit. */
    private static <T> T untimed(Exchange<T> exchange) throws IOException, InterruptedException {
        try {
            return exchange.run();
        } catch (TimeoutException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Does what does not wait, and so must not be kept from working by an interrupt, which is kept for later. */
    private static <T> T now(Exchange<T> exchange) throws IOException, TimeoutException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return exchange.run();
                } catch (InterruptedException keptForLater) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A message comes or goes. */
    interface Exchange<T> {
        T run() throws IOException, InterruptedException, TimeoutException;
    }
}
