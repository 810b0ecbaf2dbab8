package io.multiprocessing.threads;

import io.multiprocessing.Connection;
import io.multiprocessing.MessageNotSerializableException;
import io.multiprocessing.MessageTooLongException;
import io.multiprocessing.Pipe;
import io.multiprocessing.codec.Departures;
import io.multiprocessing.codec.Handle;
import io.multiprocessing.codec.ValueCodec;
import io.multiprocessing.spi.Deadline;
import io.multiprocessing.spi.Exchange;
import io.multiprocessing.threads.PipeEnds.Bytes;
import io.multiprocessing.threads.PipeEnds.Coming;
import io.multiprocessing.threads.PipeEnds.Parcel;
import java.io.EOFException;
import java.io.IOException;
import java.io.NotSerializableException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One end of a pipe, as one process has it; see {@link PipeEnds}. */
@SuppressWarnings("serial") // travels as a handle
final class TwinConnection extends TwinObject implements Connection {
    private static final Deadline NOW = Deadline.after(Duration.ZERO);
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    private final PipeEnds pipe;
    private final int end;
    private final int hold;
    private volatile boolean closed;
    private volatile boolean unreadable;

    TwinConnection(TwinContext context, long id, PipeEnds pipe, int end) {
        super(context, id);
        this.pipe = pipe;
        this.end = end;
        this.hold = pipe.hold(end, context);
    }

    static Pipe pipe(TwinContext context, boolean duplex) {
        context.checkOpen();
        PipeEnds pipe = new PipeEnds(context.space(), duplex);
        return new Pipe(end(context, pipe, 0), end(context, pipe, 1));
    }

    private static TwinConnection end(TwinContext context, PipeEnds pipe, int end) {
        long number = context.space().add((reader, id) -> new TwinConnection(reader, id, pipe, end));
        return (TwinConnection) context.handle(number);
    }

    /** Keeps the end for whoever will read the handle. */
    @Override
    public Handle handle() {
        checkOpen();
        int ticket = pipe.hold(end, context);
        Departures.add(() -> pipe.release(end, ticket));
        return new Handle(space().id(), WHOLE, id, 0, ticket);
    }

    /** Says that a handle of this end has arrived: from now on this process holds it. */
    void arrived(int ticket) {
        pipe.release(end, ticket);
    }

    @Override
    public boolean isReadable() {
        return pipe.canReceive(end) && !unreadable;
    }

    @Override
    public boolean isWritable() {
        return pipe.canSend(end);
    }

    @Override
    public boolean isClosed() {
        return closed || context.isClosed();
    }

    @Override
    void checkOpen() {
        if (closed) {
            throw new IllegalStateException("this end of the connection is closed");
        }
        context.checkOpen();
    }

    private void checkReadable() {
        checkOpen();
        if (!pipe.canReceive(end)) {
            throw new IllegalStateException("this end of the connection only sends");
        }
        if (unreadable) {
            throw new IllegalStateException(
                    "nothing more can be received here, since a message came that was longer than it might be");
        }
    }

    private void checkWritable() {
        checkOpen();
        if (!pipe.canSend(end)) {
            throw new IllegalStateException("this end of the connection only receives");
        }
    }

    @Override
    public void send(@Nullable Object message) throws IOException, InterruptedException {
        Exchange.untimed(() -> sendObject(message, Deadline.NEVER));
    }

    @Override
    public void send(@Nullable Object message, Duration timeout)
            throws IOException, InterruptedException, TimeoutException {
        sendObject(message, Deadline.after(timeout));
    }

    @Override
    public void sendNow(@Nullable Object message) throws IOException, TimeoutException {
        Exchange.now(() -> sendObject(message, NOW));
    }

    @Override
    public void sendBytes(byte[] bytes, int offset, int length) throws IOException, InterruptedException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        Exchange.untimed(() -> sendCopy(bytes, offset, length, Deadline.NEVER));
    }

    @Override
    public void sendBytes(byte[] bytes, int offset, int length, Duration timeout)
            throws IOException, InterruptedException, TimeoutException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        sendCopy(bytes, offset, length, Deadline.after(timeout));
    }

    @Override
    public void sendBytesNow(byte[] bytes) throws IOException, TimeoutException {
        Exchange.now(() -> sendCopy(bytes, 0, bytes.length, NOW));
    }

    @Override
    public void sendBytes(MemorySegment bytes) throws IOException, InterruptedException {
        checkWritable();
        if (bytes.byteSize() > MOST_BYTES) {
            throw new IllegalArgumentException("a message of " + bytes.byteSize() + " bytes is too large; at most "
                    + MOST_BYTES + " can be received");
        }
        Exchange.untimed(() -> send(new Parcel(new Bytes(bytes.toArray(ValueLayout.JAVA_BYTE))), Deadline.NEVER));
    }

    private boolean sendCopy(byte[] bytes, int offset, int length, Deadline deadline)
            throws IOException, InterruptedException, TimeoutException {
        checkWritable();
        return send(new Parcel(new Bytes(Arrays.copyOfRange(bytes, offset, offset + length))), deadline);
    }

    private boolean sendObject(@Nullable Object message, Deadline deadline)
            throws IOException, InterruptedException, TimeoutException {
        checkWritable();
        boolean isSent = false;
        try (Departures departures = Departures.begin()) {
            try {
                Object content = space().copies() ? new Bytes(encode(message)) : message;
                isSent = send(new Parcel(content), deadline);
            } finally {
                if (!isSent) {
                    departures.lost();
                }
            }
        }
        return isSent;
    }

    private boolean send(Parcel parcel, Deadline deadline) throws IOException, InterruptedException, TimeoutException {
        if (!pipe.send(end, context, this::checkWritable, parcel, deadline)) {
            throw new TimeoutException("there was no room for the message in time");
        }
        return true;
    }

    @Override
    public @Nullable Object receive() throws IOException, InterruptedException {
        return decode(Exchange.untimed(() -> take(Deadline.NEVER)));
    }

    @Override
    public @Nullable Object receive(Duration timeout) throws IOException, InterruptedException, TimeoutException {
        return decode(take(Deadline.after(timeout)));
    }

    @Override
    public @Nullable Object receiveNow() throws IOException, TimeoutException {
        return decode(Exchange.now(() -> take(NOW)));
    }

    @Override
    public byte[] receiveBytes(int mostBytes) throws IOException, InterruptedException {
        if (mostBytes < 0) {
            throw new IllegalArgumentException("at most " + mostBytes + " bytes; it must be 0 or more");
        }
        byte[] bytes = bytes(Exchange.untimed(() -> take(Deadline.NEVER)));
        if (bytes.length > mostBytes) {
            if (pipe.canSend(end)) {
                unreadable = true;
            } else {
                close();
            }
            throw new MessageTooLongException(bytes.length, mostBytes);
        }
        return bytes;
    }

    @Override
    public byte[] receiveBytes(Duration timeout) throws IOException, InterruptedException, TimeoutException {
        return bytes(take(Deadline.after(timeout)));
    }

    @Override
    public byte[] receiveBytesNow() throws IOException, TimeoutException {
        return bytes(Exchange.now(() -> take(NOW)));
    }

    private Parcel take(Deadline deadline) throws IOException, InterruptedException, TimeoutException {
        checkReadable();
        Parcel[] taken = new Parcel[1];
        return switch (pipe.receive(end, context, this::checkReadable, taken, deadline)) {
            case MESSAGE -> taken[0];
            case END -> throw new EOFException("the other end of the connection is closed");
            case NOTHING -> throw new TimeoutException("no message came in time");
        };
    }

    @Override
    public boolean poll() {
        try {
            return Exchange.now(() -> poll(NOW));
        } catch (IOException | TimeoutException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public boolean poll(Duration timeout) throws InterruptedException {
        return poll(Deadline.after(timeout));
    }

    private boolean poll(Deadline deadline) throws InterruptedException {
        checkReadable();
        return pipe.receive(end, context, this::checkReadable, null, deadline) != Coming.NOTHING;
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        context.forget(this);
        pipe.release(end, hold);
        if (pipe.isEnded(end)) {
            space().forget(id);
        }
    }

    private static byte[] encode(@Nullable Object message) {
        try {
            return ValueCodec.encode(message);
        } catch (NotSerializableException refused) {
            throw new MessageNotSerializableException("can't be sent: " + refused.getMessage(), refused);
        }
    }

    private static byte[] bytes(Parcel parcel) {
        return parcel.content() instanceof Bytes(byte[] bytes) ? bytes : encode(parcel.content());
    }

    private @Nullable Object decode(Parcel parcel) {
        if (!(parcel.content() instanceof Bytes(byte[] bytes))) {
            return parcel.content();
        }
        return TwinRuntime.<Optional<Object>, RuntimeException>readFor(
                        context, () -> Optional.ofNullable(ValueCodec.decodeMessage(bytes)))
                .orElse(null);
    }

    @Override
    String typeName() {
        return "Connection";
    }

    @Override
    public String toString() {
        if (isClosed()) {
            return "Connection[closed]";
        }
        String ways = !isReadable() ? "sends" : !isWritable() ? "receives" : "sends and receives";
        return "Connection[" + (end == 0 ? "first" : "second") + " end of a pipe, " + ways
                + (pipe.isEnded(1 - end) ? ", the other end is closed]" : "]");
    }
}
