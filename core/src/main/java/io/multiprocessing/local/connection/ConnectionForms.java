package io.multiprocessing.local.connection;

import io.multiprocessing.Connection;
import io.multiprocessing.MessageNotSerializableException;
import io.multiprocessing.MessageTooLongException;
import io.multiprocessing.codec.Encoder;
import io.multiprocessing.codec.ValueCodec;
import io.multiprocessing.spi.Deadline;
import io.multiprocessing.spi.Exchange;
import java.io.IOException;
import java.io.NotSerializableException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The many forms of sending and receiving, made of one way to do each. */
interface ConnectionForms extends Connection {
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
        Exchange.untimed(() -> {
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
        Exchange.now(() -> {
            send(message, Deadline.after(Duration.ZERO));
            return true;
        });
    }

    private void send(@Nullable Object message, Deadline deadline)
            throws IOException, InterruptedException, TimeoutException {
        checkWritable();
        boolean isSent = false;
        try (Encoder encoder = Encoder.borrow()) {
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
                    encoder.lost();
                }
            }
        }
    }

    @Override
    default @Nullable Object receive() throws IOException, InterruptedException {
        checkMayDecode();
        return ValueCodec.decodeMessage(receiveBytes());
    }

    @Override
    default @Nullable Object receive(Duration timeout) throws IOException, InterruptedException, TimeoutException {
        checkMayDecode();
        return ValueCodec.decodeMessage(receiveBytes(timeout));
    }

    @Override
    default @Nullable Object receiveNow() throws IOException, TimeoutException {
        checkMayDecode();
        return ValueCodec.decodeMessage(receiveBytesNow());
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
        Exchange.untimed(() -> {
            write(new Outgoing.Memory(bytes), Deadline.NEVER);
            return true;
        });
    }

    @Override
    default void sendBytesNow(byte[] bytes) throws IOException, TimeoutException {
        checkWritable();
        Exchange.now(() -> {
            write(new Outgoing.Memory(MemorySegment.ofArray(bytes)), Deadline.after(Duration.ZERO));
            return true;
        });
    }

    @Override
    default byte[] receiveBytes(int mostBytes) throws IOException, InterruptedException {
        if (mostBytes < 0) {
            throw new IllegalArgumentException("at most " + mostBytes + " bytes; it must be 0 or more");
        }
        return Exchange.untimed(() -> bytes(mostBytes, Deadline.NEVER));
    }

    @Override
    default byte[] receiveBytes(Duration timeout) throws IOException, InterruptedException, TimeoutException {
        return bytes(Integer.MAX_VALUE, Deadline.after(timeout));
    }

    @Override
    default byte[] receiveBytesNow() throws IOException, TimeoutException {
        return Exchange.now(() -> bytes(Integer.MAX_VALUE, Deadline.after(Duration.ZERO)));
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

    private static MemorySegment slice(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        return MemorySegment.ofArray(bytes).asSlice(offset, length);
    }
}
