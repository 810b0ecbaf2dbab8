package io.multiprocessing.codec;

import io.multiprocessing.UnreadableMessageException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a message that is being read: an array, or a window on what a {@link MessageSource} gives. Nothing is
 * allocated for what the message says it holds, but for what it has bytes enough to hold: each value that is still to
 * come takes at least one byte, so these are owed to the values that have been begun.
 *
 * <p>Not thread-safe.
 */
public abstract sealed class MessageInput permits Decoder {
    private static final int WINDOW_BYTES = 8 << 10;
    private static final byte[] NONE = {};

    private byte[] window = NONE;
    private int position;
    private int limit;
    private @Nullable MessageSource source;
    private byte[] spareWindow = NONE;
    private long owed;

    MessageInput() {}

    final void setBytes(byte[] bytes, int offset, int count) {
        window = bytes;
        position = offset;
        limit = offset + count;
        source = null;
        owed = 0;
    }

    final void setSource(MessageSource newSource) {
        if (spareWindow.length == 0) {
            spareWindow = new byte[WINDOW_BYTES];
        }
        setBytes(spareWindow, 0, 0);
        source = newSource;
    }

    /** How many bytes of the message are left. */
    public final long remaining() {
        return limit - position + (source == null ? 0 : source.remaining());
    }

    /** As a signed number. */
    public final int readByte() {
        if (position == limit) {
            fill(1);
        }
        return window[position++];
    }

    public final int readShort() {
        need(2);
        byte[] bytes = window;
        int at = position;
        position = at + 2;
        return (bytes[at] & 0xff) | (bytes[at + 1] << 8);
    }

    public final int readInt() {
        need(4);
        int at = position;
        position = at + 4;
        return intAt(at);
    }

    public final long readLong() {
        need(8);
        int at = position;
        position = at + 8;
        return (intAt(at) & 0xffff_ffffL) | ((long) intAt(at + 4) << 32);
    }

    /** What {@link MessageOutput#writeCount} wrote. */
    public final int readCount() {
        int next = readByte();
        int count = next & 0x7f;
        for (int shift = 7; next < 0; shift += 7) {
            next = readByte();
            count |= (next & 0x7f) << shift;
            if (shift == 28 && (next & 0xf8) != 0) {
                throw new UnreadableMessageException("a count that is too large");
            }
        }
        return count;
    }

    /** The bytes alone, whose number the reader knows. */
    public final byte[] readBytes(int count) {
        requireRemaining(count);
        byte[] bytes = new byte[count];
        readTo(bytes, count);
        return bytes;
    }

    /** Sets all elements of a primitive array for which there are bytes. */
    final void readElements(Object array, long bytes) {
        if (limit - position >= bytes) {
            PrimitiveArrays.copy(window, position, array);
            position += (int) bytes;
        } else if (source == null) {
            throw truncated(bytes);
        } else if (PrimitiveArrays.isMemory(array)) {
            MemorySegment memory = PrimitiveArrays.memory(array);
            int rest = limit - position;
            MemorySegment.copy(MemorySegment.ofArray(window), position, memory, 0, rest);
            position = limit;
            source.read(memory.asSlice(rest));
        } else {
            PrimitiveArrays.copy(readBytes(Math.toIntExact(bytes)), 0, array);
        }
    }

    /** How many bytes can be had without asking the source. */
    final int contiguous() {
        return limit - position;
    }

    /** The array in which the next bytes lie, from {@link #position} on. */
    final byte[] window(int count) {
        need(count);
        return window;
    }

    final int position() {
        return position;
    }

    final void skip(int count) {
        position += count;
    }

    /** Refuses a message that has fewer bytes than that left for what is read now. */
    final void requireRemaining(long bytes) {
        if (bytes > remaining() - owed) {
            throw truncated(bytes);
        }
    }

    /** Announces that many values, which may then be allocated for; each is paid for when it is read. */
    final void claim(long values) {
        requireRemaining(values);
        owed += values;
    }

    /** Counts one value of those that were claimed as read. */
    final void pay() {
        owed--;
    }

    private int intAt(int at) {
        byte[] bytes = window;
        return (bytes[at] & 0xff)
                | ((bytes[at + 1] & 0xff) << 8)
                | ((bytes[at + 2] & 0xff) << 16)
                | (bytes[at + 3] << 24);
    }

    private void need(int count) {
        if (limit - position < count) {
            fill(count);
        }
    }

    private void readTo(byte[] target, int count) {
        int fromWindow = Math.min(count, limit - position);
        System.arraycopy(window, position, target, 0, fromWindow);
        position += fromWindow;
        if (fromWindow < count) {
            if (source == null) {
                throw truncated(count);
            }
            source.read(target, fromWindow, count - fromWindow);
        }
    }

    private void fill(int count) {
        MessageSource from = source;
        if (from == null || count > remaining()) {
            throw truncated(count);
        }
        int rest = limit - position;
        byte[] target = window;
        if (target.length < count) {
            target = Arrays.copyOfRange(window, position, position + count);
        } else {
            System.arraycopy(window, position, target, 0, rest);
        }
        int more = (int) Math.min(target.length - rest, from.remaining());
        from.read(target, rest, more);
        window = target;
        position = 0;
        limit = rest + more;
    }

    private UnreadableMessageException truncated(long needed) {
        return new UnreadableMessageException(
                "the message is damaged or truncated: it needs " + needed + " bytes more, and has " + remaining());
    }
}
