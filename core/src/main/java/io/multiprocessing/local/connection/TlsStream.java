package io.multiprocessing.local.connection;

import io.multiprocessing.spi.Deadline;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;

/**
 * Bytes that are encrypted on their way. An engine turns what comes into what is meant, and the other way round; what it
 * could not yet get rid of waits in a buffer.
 *
 * <p>A connection that ends without saying so, as that of a process that was killed, ends as one that says so: whether
 * something is missing is seen by the frames.
 *
 * <p>Thread safety: one thread may read while another one writes. Who reads writes as well, if the other side wants to
 * change keys; for that there is a lock.
 */
final class TlsStream implements ByteStream {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final SSLEngine engine;
    private final ByteBuffer plain;
    private final ByteBuffer incoming;
    private final Object outgoingLock = new Object();

    // Guarded by the lock.
    private final ByteBuffer outgoing;

    /** @param channel one that is connected and does not block */
    TlsStream(SocketChannel channel, SSLEngine engine) {
        this.channel = channel;
        this.engine = engine;
        int packet = engine.getSession().getPacketBufferSize();
        this.plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize())
                .limit(0);
        this.incoming = ByteBuffer.allocate(packet).limit(0);
        this.outgoing = ByteBuffer.allocate(packet).limit(0);
    }

    /**
     * Agrees with the other side on how to encrypt.
     *
     * @throws IOException if they don't, or it does not prove who it is
     * @throws TimeoutException if that is not done in time
     */
    void shakeHands(ChannelWait readWait, ChannelWait writeWait, Deadline deadline)
            throws IOException, InterruptedException, TimeoutException {
        engine.beginHandshake();
        while (true) {
            while (!flush()) {
                writeWait.await(deadline);
            }
            switch (engine.getHandshakeStatus()) {
                case NEED_WRAP -> wrap(NOTHING);
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    int state = unwrap();
                    if (state < 0) {
                        throw new EOFException("the other side has closed the connection while TLS began");
                    }
                    if (state == 0) {
                        readWait.await(deadline);
                    }
                }
                case NEED_TASK -> runTasks();
                case FINISHED, NOT_HANDSHAKING -> {
                    return;
                }
            }
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        while (!plain.hasRemaining()) {
            int state = unwrap();
            if (state <= 0) {
                return state;
            }
        }
        int count = Math.min(plain.remaining(), target.remaining());
        target.put(plain.slice(plain.position(), count));
        plain.position(plain.position() + count);
        return count;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return flush() ? wrap(source) : 0;
    }

    @Override
    public boolean flush() throws IOException {
        synchronized (outgoingLock) {
            while (outgoing.hasRemaining()) {
                if (channel.write(outgoing) == 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Decrypts some of what has come: 1 if it did something, 0 if more must come, -1 at the end. */
    private int unwrap() throws IOException {
        plain.compact();
        SSLEngineResult result;
        try {
            result = engine.unwrap(incoming, plain);
        } finally {
            plain.flip();
        }
        if (result.getStatus() == Status.CLOSED) {
            return -1;
        }
        if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
            incoming.compact();
            try {
                int count = channel.read(incoming);
                return Integer.signum(count);
            } finally {
                incoming.flip();
            }
        }
        runTasks();
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            wrap(NOTHING);
        }
        return 1;
    }

    /** Encrypts some bytes and sends what there is room for; gives how many were encrypted. */
    private int wrap(ByteBuffer source) throws IOException {
        synchronized (outgoingLock) {
            outgoing.compact();
            SSLEngineResult result;
            try {
                result = engine.wrap(source, outgoing);
            } finally {
                outgoing.flip();
            }
            if (result.getStatus() == Status.CLOSED) {
                throw new EOFException("the connection is closed");
            }
            flush();
            return result.bytesConsumed();
        }
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    /** Says that no more will come, if there is room to say so. */
    @Override
    public void close() throws IOException {
        try (channel) {
            engine.closeOutbound();
            if (flush()) {
                wrapEnd();
            }
        }
    }

    private void wrapEnd() throws IOException {
        synchronized (outgoingLock) {
            outgoing.compact();
            try {
                engine.wrap(NOTHING, outgoing);
            } finally {
                outgoing.flip();
            }
            flush();
        }
    }
}
