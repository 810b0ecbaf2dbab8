package io.multiprocessing.local.segment;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * As {@link Words}, by address, for what is done a million times a second: nothing asks whether the memory is still mapped, and
 * large enough. So the caller must be certain of both. An access to what is not mapped ends the process.
 */
public final class BareWords {
    /** All memory, in which an offset is an address. */
    @SuppressWarnings("restricted") // what can go wrong is said above
    public static final MemorySegment EVERYWHERE = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

    private BareWords() {}

    public static int intPlain(long address) {
        return (int) INT.get(EVERYWHERE, address);
    }

    public static int intOpaque(long address) {
        return (int) INT.getOpaque(EVERYWHERE, address);
    }

    public static int intVolatile(long address) {
        return (int) INT.getVolatile(EVERYWHERE, address);
    }

    public static void setIntRelease(long address, int value) {
        INT.setRelease(EVERYWHERE, address, value);
    }

    public static boolean casInt(long address, int expected, int value) {
        return INT.compareAndSet(EVERYWHERE, address, expected, value);
    }

    public static void setIntPlain(long address, int value) {
        INT.set(EVERYWHERE, address, value);
    }

    public static long longPlain(long address) {
        return (long) LONG.get(EVERYWHERE, address);
    }

    public static void setLongPlain(long address, long value) {
        LONG.set(EVERYWHERE, address, value);
    }

    public static long longVolatile(long address) {
        return (long) LONG.getVolatile(EVERYWHERE, address);
    }

    public static void setLongVolatile(long address, long value) {
        LONG.setVolatile(EVERYWHERE, address, value);
    }

    public static void setLongRelease(long address, long value) {
        LONG.setRelease(EVERYWHERE, address, value);
    }
}
