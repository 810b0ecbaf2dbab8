package io.multiprocessing.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Copies between arrays and memory which, where the bytes are few, need not call a routine that is made for many: that takes
 * longer than to copy them.
 */
public final class ShortCopy {
    private static final int FEW = 64;
    private static final VarHandle ARRAY = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle MEMORY = ValueLayout.JAVA_LONG_UNALIGNED.varHandle();
    private static final VarHandle MEMORY_BYTE = ValueLayout.JAVA_BYTE.varHandle();

    private ShortCopy() {}

    /** Copies bytes of an array to memory. */
    public static void copy(byte[] source, int from, MemorySegment target, long offset, int count) {
        if (count > FEW) {
            MemorySegment.copy(source, from, target, ValueLayout.JAVA_BYTE, offset, count);
            return;
        }
        int done = 0;
        for (; done <= count - Long.BYTES; done += Long.BYTES) {
            MEMORY.set(target, offset + done, (long) ARRAY.get(source, from + done));
        }
        for (; done < count; done++) {
            MEMORY_BYTE.set(target, offset + done, source[from + done]);
        }
    }

    /** Copies bytes of memory to an array. */
    public static void copy(MemorySegment source, long offset, byte[] target, int at, int count) {
        if (count > FEW) {
            MemorySegment.copy(source, ValueLayout.JAVA_BYTE, offset, target, at, count);
            return;
        }
        int done = 0;
        for (; done <= count - Long.BYTES; done += Long.BYTES) {
            ARRAY.set(target, at + done, (long) MEMORY.get(source, offset + done));
        }
        for (; done < count; done++) {
            target[at + done] = (byte) MEMORY_BYTE.get(source, offset + done);
        }
    }
}
