package io.multiprocessing.threads;

import io.multiprocessing.ByteArray;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/** Elements of type byte. */
@SuppressWarnings("serial") // travels as a handle
final class TwinByteArray extends TwinArrayObject<Byte> implements ByteArray {
    static final int ELEMENT_BYTES = Byte.BYTES;

    private static final VarHandle ELEMENT = ValueLayout.JAVA_BYTE.varHandle();

    TwinByteArray(TwinContext context, long id, Guard guard, Elements elements) {
        super(context, id, guard, elements);
    }

    private TwinByteArray(TwinByteArray array, int from, int to) {
        super(array, from, to);
    }

    @Override
    public byte get(int index) {
        return (byte) ELEMENT.getVolatile(memory, openOffset(index));
    }

    @Override
    public void set(int index, byte value) {
        getAndSet(index, value);
    }

    @Override
    public byte getAndSet(int index, byte value) {
        long offset = openOffset(index);
        synchronized (elements) {
            byte before = (byte) ELEMENT.getVolatile(memory, offset);
            ELEMENT.setVolatile(memory, offset, value);
            return before;
        }
    }

    @Override
    public boolean compareAndSet(int index, byte expected, byte value) {
        long offset = openOffset(index);
        synchronized (elements) {
            if ((byte) ELEMENT.getVolatile(memory, offset) != expected) {
                return false;
            }
            ELEMENT.setVolatile(memory, offset, value);
            return true;
        }
    }

    @Override
    public byte getAndAdd(int index, int delta) {
        long offset = openOffset(index);
        synchronized (elements) {
            byte before = (byte) ELEMENT.getVolatile(memory, offset);
            ELEMENT.setVolatile(memory, offset, (byte) (before + delta));
            return before;
        }
    }

    @Override
    public void fill(int from, int to, byte value) {
        openRange(from, to).fill(value);
    }

    @Override
    public void copyFrom(byte[] source, int sourceIndex, int index, int count) {
        MemorySegment.copy(source, sourceIndex, memory, ValueLayout.JAVA_BYTE, openOffset(index, count), count);
    }

    @Override
    public void copyTo(int index, byte[] target, int targetIndex, int count) {
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, openOffset(index, count), target, targetIndex, count);
    }

    @Override
    public TwinByteArray slice(int from, int to) {
        return new TwinByteArray(this, from, to);
    }

    @Override
    String typeName() {
        return "ByteArray";
    }
}
