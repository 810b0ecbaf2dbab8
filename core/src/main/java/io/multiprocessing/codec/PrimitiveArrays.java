package io.multiprocessing.codec;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The elements of primitive arrays as little-endian bytes. */
final class PrimitiveArrays {
    private PrimitiveArrays() {}

    /** Whether the elements lie in memory as they stand in a message. */
    static boolean isMemory(Object array) {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN && !(array instanceof boolean[]);
    }

    /** The memory of an array that {@link #isMemory is} memory. */
    static MemorySegment memory(Object array) {
        if (array instanceof byte[] bytes) {
            return MemorySegment.ofArray(bytes);
        } else if (array instanceof short[] shorts) {
            return MemorySegment.ofArray(shorts);
        } else if (array instanceof char[] chars) {
            return MemorySegment.ofArray(chars);
        } else if (array instanceof int[] ints) {
            return MemorySegment.ofArray(ints);
        } else if (array instanceof long[] longs) {
            return MemorySegment.ofArray(longs);
        } else if (array instanceof float[] floats) {
            return MemorySegment.ofArray(floats);
        }
        return MemorySegment.ofArray((double[]) array);
    }

    /** Copies all elements to bytes. */
    static void copy(Object array, byte[] target, int at) {
        if (array instanceof byte[] bytes) {
            System.arraycopy(bytes, 0, target, at, bytes.length);
        } else if (array instanceof boolean[] booleans) {
            for (int i = 0; i < booleans.length; i++) {
                target[at + i] = (byte) (booleans[i] ? 1 : 0);
            }
        } else {
            ByteBuffer buffer = buffer(target, at);
            if (array instanceof short[] shorts) {
                buffer.asShortBuffer().put(shorts);
            } else if (array instanceof char[] chars) {
                buffer.asCharBuffer().put(chars);
            } else if (array instanceof int[] ints) {
                buffer.asIntBuffer().put(ints);
            } else if (array instanceof long[] longs) {
                buffer.asLongBuffer().put(longs);
            } else if (array instanceof float[] floats) {
                buffer.asFloatBuffer().put(floats);
            } else {
                buffer.asDoubleBuffer().put((double[]) array);
            }
        }
    }

    /** Sets all elements from bytes. */
    static void copy(byte[] source, int at, Object array) {
        if (array instanceof byte[] bytes) {
            System.arraycopy(source, at, bytes, 0, bytes.length);
        } else if (array instanceof boolean[] booleans) {
            for (int i = 0; i < booleans.length; i++) {
                booleans[i] = source[at + i] != 0;
            }
        } else {
            ByteBuffer buffer = buffer(source, at);
            if (array instanceof short[] shorts) {
                buffer.asShortBuffer().get(shorts);
            } else if (array instanceof char[] chars) {
                buffer.asCharBuffer().get(chars);
            } else if (array instanceof int[] ints) {
                buffer.asIntBuffer().get(ints);
            } else if (array instanceof long[] longs) {
                buffer.asLongBuffer().get(longs);
            } else if (array instanceof float[] floats) {
                buffer.asFloatBuffer().get(floats);
            } else {
                buffer.asDoubleBuffer().get((double[]) array);
            }
        }
    }

    private static ByteBuffer buffer(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes, at, bytes.length - at).slice().order(ByteOrder.LITTLE_ENDIAN);
    }
}
