package io.multiprocessing.threads;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * The memory of an array: outside the heap, as in shared memory, so that it can be looked at as elements of any type.
 *
 * <p>Elements of four and eight bytes are changed by one instruction. For those of one and two bytes there is none, so
 * whoever changes one holds the monitor of this object; to read one needs nothing.
 */
final class Elements {
    /** From how many bytes on memory is given back before the context is closed. */
    static final long LARGE_BYTES = 1 << 16;

    private static final long ALIGNMENT = 64;
    private static final VarHandle BYTE = ValueLayout.JAVA_BYTE.varHandle();
    private static final VarHandle SHORT = ValueLayout.JAVA_SHORT.varHandle();
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

    private final MemorySegment memory;
    private final int length;
    private final int elementBytes;

    /** Elements that are zero. */
    Elements(int length, int elementBytes) {
        this.length = length;
        this.elementBytes = elementBytes;
        this.memory = Arena.ofAuto().allocate((long) length * elementBytes, ALIGNMENT);
    }

    static Elements of(MemorySegment values, int length) {
        Elements elements = new Elements(length, length == 0 ? 1 : (int) (values.byteSize() / length));
        elements.memory.copyFrom(values);
        return elements;
    }

    static Elements of(boolean[] values) {
        Elements elements = new Elements(values.length, Byte.BYTES);
        for (int i = 0; i < values.length; i++) {
            elements.memory.set(ValueLayout.JAVA_BYTE, i, (byte) (values[i] ? 1 : 0));
        }
        return elements;
    }

    MemorySegment memory() {
        return memory;
    }

    int length() {
        return length;
    }

    int elementBytes() {
        return elementBytes;
    }

    long bits(long offset, int width) {
        return switch (width) {
            case Byte.BYTES -> (byte) BYTE.getVolatile(memory, offset);
            case Short.BYTES -> (short) SHORT.getVolatile(memory, offset);
            case Integer.BYTES -> (int) INT.getVolatile(memory, offset);
            default -> (long) LONG.getVolatile(memory, offset);
        };
    }

    void setBits(long offset, int width, long bits) {
        long before;
        do {
            before = bits(offset, width);
        } while (!casBits(offset, width, before, bits));
    }

    boolean casBits(long offset, int width, long expected, long bits) {
        return switch (width) {
            case Byte.BYTES, Short.BYTES -> casNarrow(offset, width, expected, bits);
            case Integer.BYTES -> INT.compareAndSet(memory, offset, (int) expected, (int) bits);
            default -> LONG.compareAndSet(memory, offset, expected, bits);
        };
    }

    private synchronized boolean casNarrow(long offset, int width, long expected, long bits) {
        boolean isByte = width == Byte.BYTES;
        if (bits(offset, width) != (isByte ? (byte) expected : (short) expected)) {
            return false;
        }
        if (isByte) {
            BYTE.setVolatile(memory, offset, (byte) bits);
        } else {
            SHORT.setVolatile(memory, offset, (short) bits);
        }
        return true;
    }
}
