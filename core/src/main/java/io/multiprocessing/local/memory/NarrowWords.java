package io.multiprocessing.local.memory;

import io.multiprocessing.local.segment.Words;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Access to bytes and to aligned shorts of shared memory; each name says its memory order, as in {@link Words}.
 *
 * <p>They are loaded and stored as what they are, but only an int can be compared and set. So to change a byte or a
 * short depending on what it was, the aligned int around it is compared and set: with its neighbours as they are. A
 * neighbour that was stored meanwhile, by whatever means, makes that fail, and it is tried again; so no store to a
 * neighbour is lost or undone. The commit store is that of the int. The four bytes around belong to the same array,
 * whose end is filled up.
 *
 * <p>Source: {@code jdk.internal.misc.Unsafe.compareAndExchangeByte} does the same on the Java heap.
 */
final class NarrowWords {
    private static final VarHandle BYTE = ValueLayout.JAVA_BYTE.varHandle();
    private static final VarHandle SHORT = ValueLayout.JAVA_SHORT.varHandle();
    private static final boolean IS_LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    private static final int BYTE_MASK = 0xFF;
    private static final int SHORT_MASK = 0xFFFF;

    private NarrowWords() {}

    static byte byteVolatile(MemorySegment segment, long offset) {
        return (byte) BYTE.getVolatile(segment, offset);
    }

    static void setByteVolatile(MemorySegment segment, long offset, byte value) {
        BYTE.setVolatile(segment, offset, value);
    }

    static boolean casByte(MemorySegment segment, long offset, byte expected, byte value) {
        return cas(segment, offset, Byte.BYTES, BYTE_MASK, expected, value);
    }

    static byte getAndSetByte(MemorySegment segment, long offset, byte value) {
        while (true) {
            byte before = byteVolatile(segment, offset);
            if (casByte(segment, offset, before, value)) {
                return before;
            }
        }
    }

    static byte getAndAddByte(MemorySegment segment, long offset, int delta) {
        while (true) {
            byte before = byteVolatile(segment, offset);
            if (casByte(segment, offset, before, (byte) (before + delta))) {
                return before;
            }
        }
    }

    static short shortVolatile(MemorySegment segment, long offset) {
        return (short) SHORT.getVolatile(segment, offset);
    }

    static void setShortVolatile(MemorySegment segment, long offset, short value) {
        SHORT.setVolatile(segment, offset, value);
    }

    static boolean casShort(MemorySegment segment, long offset, short expected, short value) {
        return cas(segment, offset, Short.BYTES, SHORT_MASK, expected, value);
    }

    static short getAndSetShort(MemorySegment segment, long offset, short value) {
        while (true) {
            short before = shortVolatile(segment, offset);
            if (casShort(segment, offset, before, value)) {
                return before;
            }
        }
    }

    static short getAndAddShort(MemorySegment segment, long offset, int delta) {
        while (true) {
            short before = shortVolatile(segment, offset);
            if (casShort(segment, offset, before, (short) (before + delta))) {
                return before;
            }
        }
    }

    private static boolean cas(MemorySegment segment, long offset, int bytes, int mask, int expected, int value) {
        long wordOffset = offset & -Integer.BYTES;
        int within = (int) (offset - wordOffset);
        int shift = (IS_LITTLE_ENDIAN ? within : Integer.BYTES - bytes - within) * Byte.SIZE;
        while (true) {
            int word = Words.intVolatile(segment, wordOffset);
            if (((word >>> shift) & mask) != (expected & mask)) {
                return false;
            }
            if (Words.casInt(segment, wordOffset, word, (word & ~(mask << shift)) | ((value & mask) << shift))) {
                return true;
            }
        }
    }
}
