package io.multiprocessing.codec;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a message that is being written. They grow in a buffer, but for large primitive arrays: of those only
 * the reference is kept, so that their elements are copied once, from the array to where the message goes. The message
 * must therefore be copied before anybody may change what was written.
 *
 * <p>Not thread-safe.
 */
public abstract sealed class MessageOutput permits Encoder {
    /** From here on an array is kept as a reference. */
    static final int PIECE_BYTES = 16 << 10;

    private static final int FIRST_BYTES = 256;
    private static final int KEPT_BYTES = 256 << 10;
    private static final int LARGEST_BUFFER = Integer.MAX_VALUE - 8;
    private static final byte[] NONE = {};

    private byte[] buffer = NONE;
    private int position;
    private @Nullable List<Piece> pieces;
    private long pieceBytes;

    MessageOutput() {}

    /** An array whose elements stand between those bytes of the buffer that are before and those that are after it. */
    private record Piece(int position, Object array, long bytes) {
        MemorySegment memory() {
            return PrimitiveArrays.memory(array);
        }
    }

    /** How many bytes have been written. */
    public final long length() {
        return position + pieceBytes;
    }

    /** An array that begins with the whole message, until more is written; null if it is not in one. */
    public final byte @Nullable [] array() {
        return pieces == null ? buffer : null;
    }

    /**
     * Copies a part of the message. To copy it as a whole, let {@code from} be 0 and {@code bytes} be {@link #length}.
     */
    public final void copyTo(long from, MemorySegment target, long offset, long bytes) {
        if (pieces == null) {
            if (from < 0 || from + bytes > position) {
                throw new IndexOutOfBoundsException("bytes " + from + " to " + (from + bytes) + " of " + position);
            }
            ShortCopy.copy(buffer, (int) from, target, offset, (int) bytes);
            return;
        }
        MemorySegment all = MemorySegment.ofArray(buffer);
        long end = from + bytes;
        long runStart = 0;
        int copied = 0;
        for (Piece piece : pieces) {
            runStart += copyRun(all.asSlice(copied, piece.position - copied), runStart, from, end, target, offset);
            runStart += copyRun(piece.memory(), runStart, from, end, target, offset);
            copied = piece.position;
        }
        copyRun(all.asSlice(copied, position - copied), runStart, from, end, target, offset);
    }

    /** Copies what of a run lies between {@code from} and {@code end}; answers the length of the run. */
    private static long copyRun(
            MemorySegment run, long runStart, long from, long end, MemorySegment target, long offset) {
        long first = Math.max(from, runStart);
        long last = Math.min(end, runStart + run.byteSize());
        if (first < last) {
            MemorySegment.copy(run, first - runStart, target, offset + first - from, last - first);
        }
        return run.byteSize();
    }

    /** The message in an array of its own. */
    public final byte[] toBytes() {
        if (length() > LARGEST_BUFFER) {
            throw new IllegalStateException("a message of " + length() + " bytes does not fit into one array");
        }
        if (pieces == null) {
            return Arrays.copyOf(buffer, position);
        }
        byte[] whole = new byte[(int) length()];
        int copied = 0;
        int to = 0;
        for (Piece piece : pieces) {
            System.arraycopy(buffer, copied, whole, to, piece.position - copied);
            to += piece.position - copied;
            PrimitiveArrays.copy(piece.array, whole, to);
            to += (int) piece.bytes;
            copied = piece.position;
        }
        System.arraycopy(buffer, copied, whole, to, position - copied);
        return whole;
    }

    /** Forgets what has been written. */
    void clear() {
        position = 0;
        pieces = null;
        pieceBytes = 0;
        if (buffer.length > KEPT_BYTES) {
            buffer = NONE;
        }
    }

    public final void writeByte(int value) {
        ensure(1);
        buffer[position++] = (byte) value;
    }

    public final void writeShort(int value) {
        ensure(2);
        byte[] bytes = buffer;
        int at = position;
        bytes[at] = (byte) value;
        bytes[at + 1] = (byte) (value >> 8);
        position = at + 2;
    }

    public final void writeInt(int value) {
        ensure(4);
        byte[] bytes = buffer;
        int at = position;
        bytes[at] = (byte) value;
        bytes[at + 1] = (byte) (value >> 8);
        bytes[at + 2] = (byte) (value >> 16);
        bytes[at + 3] = (byte) (value >> 24);
        position = at + 4;
    }

    public final void writeLong(long value) {
        ensure(8);
        byte[] bytes = buffer;
        int at = position;
        bytes[at] = (byte) value;
        bytes[at + 1] = (byte) (value >> 8);
        bytes[at + 2] = (byte) (value >> 16);
        bytes[at + 3] = (byte) (value >> 24);
        bytes[at + 4] = (byte) (value >> 32);
        bytes[at + 5] = (byte) (value >> 40);
        bytes[at + 6] = (byte) (value >> 48);
        bytes[at + 7] = (byte) (value >> 56);
        position = at + 8;
    }

    /** A number that is not negative, and mostly small: in 1 to 5 bytes. */
    public final void writeCount(int count) {
        ensure(5);
        int rest = count;
        while (rest > 0x7f) {
            buffer[position++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[position++] = (byte) rest;
    }

    /** The bytes alone, without their number. */
    public final void writeBytes(byte[] bytes, int offset, int count) {
        ensure(count);
        System.arraycopy(bytes, offset, buffer, position, count);
        position += count;
    }

    /** The elements of a primitive array, without their number. */
    final void writeElements(Object array, long bytes) {
        if (bytes >= PIECE_BYTES && PrimitiveArrays.isMemory(array)) {
            if (pieces == null) {
                pieces = new ArrayList<>();
            }
            pieces.add(new Piece(position, array, bytes));
            pieceBytes += bytes;
        } else {
            int count = Math.toIntExact(bytes);
            ensure(count);
            PrimitiveArrays.copy(array, buffer, position);
            position += count;
        }
    }

    /** Makes room; what is written there counts when {@link #advance} says so. */
    final byte[] room(int bytes) {
        ensure(bytes);
        return buffer;
    }

    final int position() {
        return position;
    }

    final void advance(int newPosition) {
        position = newPosition;
    }

    private void ensure(int bytes) {
        if (buffer.length - position < bytes) {
            grow(bytes);
        }
    }

    private void grow(int bytes) {
        long least = (long) position + bytes;
        if (least > LARGEST_BUFFER) {
            throw new IllegalArgumentException(
                    "the message is larger than 2 GB, and not because of large primitive arrays, which may be larger");
        }
        long roomy = Math.max(least, Math.max(FIRST_BYTES, 2L * buffer.length));
        buffer = Arrays.copyOf(buffer, (int) Math.min(roomy, LARGEST_BUFFER));
    }
}
