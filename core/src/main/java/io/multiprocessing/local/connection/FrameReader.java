package io.multiprocessing.local.connection;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes messages out of a stream of frames: 4 bytes of length, signed and big-endian, or −1 and 8 bytes of length, and the
 * message. What has come of a message is kept until the rest comes. A frame that says it is large gets its memory as its
 * bytes come, not before.
 *
 * <p>Source: CPython's {@code Connection._recv_bytes}. Not thread-safe.
 */
final class FrameReader {
    private static final int BUFFER_BYTES = 8 * 1024;
    private static final int FIRST_BYTES = 1024 * 1024;
    private static final int LONG_FRAME = -1;
    private static final String NAME = "the other end of the connection";

    private final ReadableByteChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
    private byte @Nullable [] body;
    private int length;
    private int received;

    /** @param channel one that does not block */
    FrameReader(ReadableByteChannel channel) {
        this.channel = channel;
    }

    /**
     * Reads what has come.
     *
     * @return false if more must come
     * @throws EOFException if the stream ends where a frame might begin
     * @throws IOException if it ends elsewhere, or what comes is no frame
     */
    boolean read(Incoming target) throws IOException {
        byte[] bytes = body;
        if (bytes == null) {
            if (!readHeader(target)) {
                return target.isTooLong();
            }
            bytes = new byte[Math.min(length, FIRST_BYTES)];
            body = bytes;
            received = 0;
        } else if (!target.accepts(length)) {
            return true;
        }
        while (received < length) {
            if (received == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(2L * bytes.length, length));
                body = bytes;
            }
            int count = readInto(bytes, received, bytes.length - received);
            if (count == 0) {
                return false;
            }
            received += count;
        }
        body = null;
        target.set(bytes);
        return true;
    }

    /** Whether something has come, or the end. */
    boolean hasInput() {
        try {
            return buffer.hasRemaining() || fill() > 0;
        } catch (IOException endedOrFailed) {
            return true;
        }
    }

    /** Reads the length of a frame if all its bytes are there, and the target accepts it. */
    private boolean readHeader(Incoming target) throws IOException {
        if (!has(Integer.BYTES)) {
            return false;
        }
        long announced = buffer.getInt(buffer.position());
        int header = Integer.BYTES;
        if (announced == LONG_FRAME) {
            header += Long.BYTES;
            if (!has(header)) {
                return false;
            }
            announced = buffer.getLong(buffer.position() + Integer.BYTES);
        }
        if (announced < 0) {
            throw new IOException(
                    "what came is no frame: it says it has " + announced + " bytes; is the other side one of ours?");
        }
        if (!target.accepts(announced)) {
            return false;
        }
        buffer.position(buffer.position() + header);
        length = (int) announced;
        return true;
    }

    private boolean has(int bytes) throws IOException {
        while (buffer.remaining() < bytes) {
            if (fill() == 0) {
                return false;
            }
        }
        return true;
    }

    /** Gets more into the buffer; gives how much. */
    private int fill() throws IOException {
        int held = buffer.remaining();
        buffer.compact();
        try {
            int count = readFrom(buffer);
            if (count < 0) {
                throw held == 0 ? new EOFException(NAME + " is closed") : endedWithin("the length of a message");
            }
            return count;
        } finally {
            buffer.flip();
        }
    }

    private int readInto(byte[] bytes, int offset, int most) throws IOException {
        if (buffer.hasRemaining()) {
            int count = Math.min(buffer.remaining(), most);
            buffer.get(bytes, offset, count);
            return count;
        }
        int count = readFrom(ByteBuffer.wrap(bytes, offset, most));
        if (count < 0) {
            throw endedWithin("a message, after " + received + " of " + length + " bytes");
        }
        return count;
    }

    /** A connection that the other side has dropped, as when it was killed, has ended. */
    private int readFrom(ByteBuffer target) throws IOException {
        try {
            return channel.read(target);
        } catch (ClosedChannelException closedByUs) {
            throw closedByUs;
        } catch (IOException reset) {
            return -1;
        }
    }

    private static IOException endedWithin(String what) {
        return new IOException(NAME + " is closed, in the middle of " + what);
    }
}
