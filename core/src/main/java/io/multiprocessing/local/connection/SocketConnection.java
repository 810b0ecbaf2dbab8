package io.multiprocessing.local.connection;

import io.multiprocessing.AuthenticationException;
import io.multiprocessing.BrokenPipeException;
import io.multiprocessing.spi.Deadline;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * An end of a connection between sockets, in frames as CPython's. A message of which a part has been sent when the time is
 * over, or the thread is interrupted, can't be taken back: then the connection is closed, so that the other side never sees
 * a message that is not whole.
 *
 * <p>Source: CPython's {@code Connection._send_bytes}.
 */
final class SocketConnection implements ConnectionForms {
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final int LONG_FRAME = -1;

    private final ByteStream stream;
    private final @Nullable TlsStream tls;
    private final String description;
    private final FrameReader frames;
    private final ChannelWait readWait;
    private final ChannelWait writeWait;
    private final ReentrantLock readGate = new ReentrantLock();
    private final ReentrantLock writeGate = new ReentrantLock();
    private final boolean isOfThisUser;
    private volatile boolean authenticated;
    private volatile boolean unreadable;
    private volatile boolean closed;

    /**
     * @param channel one that is connected and does not block
     * @param isOfThisUser whether nobody but this user could be at the other side
     * @param engine what encrypts; null if nothing does
     */
    SocketConnection(SocketChannel channel, String description, boolean isOfThisUser, @Nullable SSLEngine engine) {
        this.tls = engine == null ? null : new TlsStream(channel, engine);
        this.stream = tls == null ? new ByteStream.Plain(channel) : tls;
        this.description = description;
        this.isOfThisUser = isOfThisUser;
        this.frames = new FrameReader(stream);
        this.readWait = new ChannelWait(channel, SelectionKey.OP_READ);
        this.writeWait = new ChannelWait(channel, SelectionKey.OP_WRITE);
    }

    /** Whether it has to be {@linkplain #encrypt encrypted} before anything else. */
    boolean isToBeEncrypted() {
        return tls != null;
    }

    /**
     * Agrees with the other side on how to encrypt, if that is to be done.
     *
     * @throws AuthenticationException if they don't agree, or one does not trust the other
     */
    void encrypt(Deadline deadline) throws IOException, InterruptedException, TimeoutException {
        if (tls != null) {
            try {
                tls.shakeHands(readWait, writeWait, deadline);
            } catch (SSLException refused) {
                throw new AuthenticationException(
                        "TLS was not agreed on: " + refused.getMessage() + "; do both sides give SocketOptions.tls?",
                        refused);
            }
        }
    }

    /** Says that the other side has proved that it knows the key. */
    void setAuthenticated() {
        authenticated = true;
    }

    @Override
    public void write(Outgoing message, Deadline deadline) throws IOException, InterruptedException, TimeoutException {
        enter(writeGate, deadline);
        boolean begun = false;
        boolean done = false;
        try {
            long length = message.length();
            byte[] chunk = new byte[(int) Math.min(length + Integer.BYTES + Long.BYTES, CHUNK_BYTES)];
            ByteBuffer bytes = ByteBuffer.wrap(chunk);
            writeHeader(length, bytes);
            long copied = 0;
            do {
                int count = (int) Math.min(bytes.remaining(), length - copied);
                message.copyTo(copied, MemorySegment.ofArray(chunk), bytes.position(), count);
                copied += count;
                bytes.position(bytes.position() + count).flip();
                while (bytes.hasRemaining()) {
                    checkOpen();
                    if (send(bytes) > 0) {
                        begun = true;
                    } else {
                        writeWait.await(deadline);
                    }
                }
                bytes.clear();
            } while (copied < length);
            while (!flush()) {
                writeWait.await(deadline);
            }
            done = true;
        } catch (ClosedChannelException closedByUs) {
            throw closedException();
        } catch (BrokenPipeException nobodySeesThePart) {
            done = true;
            throw nobodySeesThePart;
        } finally {
            if (begun && !done) {
                close();
            }
            writeGate.unlock();
        }
    }

    private static void writeHeader(long length, ByteBuffer target) {
        if (length > Integer.MAX_VALUE) {
            target.putInt(LONG_FRAME).putLong(length);
        } else {
            target.putInt((int) length);
        }
    }

    private int send(ByteBuffer bytes) throws IOException {
        try {
            return stream.write(bytes);
        } catch (ClosedChannelException closedByUs) {
            throw closedByUs;
        } catch (IOException failed) {
            throw broken(failed);
        }
    }

    private boolean flush() throws IOException {
        try {
            return stream.flush();
        } catch (ClosedChannelException closedByUs) {
            throw closedByUs;
        } catch (IOException failed) {
            throw broken(failed);
        }
    }

    private static BrokenPipeException broken(IOException failed) {
        var broken = new BrokenPipeException(
                "the other end of the connection is closed: nobody can receive any more (" + failed.getMessage() + ")");
        broken.initCause(failed);
        return broken;
    }

    @Override
    public void read(Incoming target, Deadline deadline) throws IOException, InterruptedException, TimeoutException {
        enter(readGate, deadline);
        try {
            checkReadable();
            while (!frames.read(target)) {
                readWait.await(deadline);
                checkReadable();
            }
        } catch (ClosedChannelException closedByUs) {
            throw closedException();
        } finally {
            readGate.unlock();
        }
    }

    @Override
    public boolean poll() {
        checkReadable();
        if (!readGate.tryLock()) {
            return false; // somebody waits for what has not come
        }
        try {
            boolean hasInput = frames.hasInput();
            checkReadable();
            return hasInput;
        } finally {
            readGate.unlock();
        }
    }

    @Override
    public boolean poll(Duration timeout) throws InterruptedException {
        Deadline deadline = Deadline.after(timeout);
        checkReadable();
        try {
            enter(readGate, deadline);
        } catch (TimeoutException othersWait) {
            return false;
        }
        try {
            while (!frames.hasInput()) {
                readWait.await(deadline);
                checkReadable();
            }
            checkReadable();
            return true;
        } catch (TimeoutException nothing) {
            return false;
        } catch (IOException failed) {
            checkReadable();
            return true; // who receives gets it
        } finally {
            readGate.unlock();
        }
    }

    private void enter(ReentrantLock gate, Deadline deadline) throws InterruptedException, TimeoutException {
        long nanos = deadline.nanosLeft();
        if (!gate.tryLock(Math.max(nanos, 0), TimeUnit.NANOSECONDS)) {
            throw new TimeoutException("others were using the connection");
        }
    }

    @Override
    public boolean isReadable() {
        return !unreadable;
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void checkWritable() {
        checkOpen();
    }

    @Override
    public void checkReadable() {
        checkOpen();
        if (unreadable) {
            throw new IllegalStateException(
                    "nothing more can be received here, since a message came that was longer than it might be");
        }
    }

    @Override
    public void checkMayDecode() {
        checkReadable();
        if (!authenticated && !isOfThisUser) {
            throw new IllegalStateException(
                    "objects are not received from somebody who has not proved who he is: let both"
                            + " sides give SocketOptions.authkey, or receive bytes");
        }
    }

    @Override
    public void endReading() {
        unreadable = true;
    }

    private void checkOpen() {
        if (closed) {
            throw closedException();
        }
    }

    private static IllegalStateException closedException() {
        return new IllegalStateException("this end of the connection is closed");
    }

    @Override
    public void close() {
        closed = true;
        try (readWait;
                writeWait;
                stream) {
            // the channel first, then those who wait for it
        } catch (IOException nothingLeftToClose) {
            // The other side will notice.
        }
    }

    @Override
    public String toString() {
        return closed
                ? "Connection[closed]"
                : "Connection[" + description + ", " + (unreadable ? "sends" : "sends and receives") + "]";
    }
}
