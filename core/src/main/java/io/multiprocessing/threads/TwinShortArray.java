package io.multiprocessing.threads;

import io.multiprocessing.ShortArray;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/** Elements of type short. */
@SuppressWarnings("serial") // travels as a handle
final class TwinShortArray extends TwinArrayObject<Short> implements ShortArray {
    static final int ELEMENT_BYTES = Short.BYTES;

    private static final VarHandle ELEMENT = ValueLayout.JAVA_SHORT.varHandle();

    TwinShortArray(TwinContext context, long id, Guard guard, Elements elements) {
        super(context, id, guard, elements);
    }

    private TwinShortArray(TwinShortArray array, int from, int to) {
        super(array, from, to);
    }

    @Override
    public short get(int index) {
        return (short) ELEMENT.getVolatile(memory, openOffset(index));
    }

    @Override
    public void set(int index, short value) {
        getAndSet(index, value);
    }

    @Override
    public short getAndSet(int index, short value) {
        long offset = openOffset(index);
        synchronized (elements) {
            short before = (short) ELEMENT.getVolatile(memory, offset);
            ELEMENT.setVolatile(memory, offset, value);
            return before;
        }
    }

    @Override
    public boolean compareAndSet(int index, short expected, short value) {
        long offset = openOffset(index);
        synchronized (elements) {
            if ((short) ELEMENT.getVolatile(memory, offset) != expected) {
                return false;
            }
            ELEMENT.setVolatile(memory, offset, value);
            return true;
        }
    }

    @Override
    public short getAndAdd(int index, int delta) {
        long offset = openOffset(index);
        synchronized (elements) {
            short before = (short) ELEMENT.getVolatile(memory, offset);
            ELEMENT.setVolatile(memory, offset, (short) (before + delta));
            return before;
        }
    }

    @Override
    public void fill(int from, int to, short value) {
        MemorySegment range = openRange(from, to);
        for (int i = 0; i < to - from; i++) {
            range.setAtIndex(ValueLayout.JAVA_SHORT, i, value);
        }
    }

    @Override
    public void copyFrom(short[] source, int sourceIndex, int index, int count) {
        MemorySegment.copy(source, sourceIndex, memory, ValueLayout.JAVA_SHORT, openOffset(index, count), count);
    }

    @Override
    public void copyTo(int index, short[] target, int targetIndex, int count) {
        MemorySegment.copy(memory, ValueLayout.JAVA_SHORT, openOffset(index, count), target, targetIndex, count);
    }

    @Override
    public TwinShortArray slice(int from, int to) {
        return new TwinShortArray(this, from, to);
    }

    @Override
    String typeName() {
        return "ShortArray";
    }
}
