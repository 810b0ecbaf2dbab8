package io.multiprocessing.threads;

import io.multiprocessing.BooleanArray;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.Objects;

/** Elements of one byte each, 0 or 1. */
@SuppressWarnings("serial") // travels as a handle
final class TwinBooleanArray extends TwinArrayObject<Boolean> implements BooleanArray {
    static final int ELEMENT_BYTES = Byte.BYTES;

    private static final VarHandle ELEMENT = ValueLayout.JAVA_BYTE.varHandle();

    TwinBooleanArray(TwinContext context, long id, Guard guard, Elements elements) {
        super(context, id, guard, elements);
    }

    private TwinBooleanArray(TwinBooleanArray array, int from, int to) {
        super(array, from, to);
    }

    @Override
    public boolean get(int index) {
        return (byte) ELEMENT.getVolatile(memory, openOffset(index)) != 0;
    }

    @Override
    public void set(int index, boolean value) {
        getAndSet(index, value);
    }

    @Override
    public boolean getAndSet(int index, boolean value) {
        long offset = openOffset(index);
        synchronized (elements) {
            byte before = (byte) ELEMENT.getVolatile(memory, offset);
            ELEMENT.setVolatile(memory, offset, toByte(value));
            return before != 0;
        }
    }

    @Override
    public boolean compareAndSet(int index, boolean expected, boolean value) {
        long offset = openOffset(index);
        synchronized (elements) {
            if ((byte) ELEMENT.getVolatile(memory, offset) != toByte(expected)) {
                return false;
            }
            ELEMENT.setVolatile(memory, offset, toByte(value));
            return true;
        }
    }

    @Override
    public void fill(int from, int to, boolean value) {
        openRange(from, to).fill(toByte(value));
    }

    @Override
    public void copyFrom(boolean[] source, int sourceIndex, int index, int count) {
        Objects.checkFromIndexSize(sourceIndex, count, source.length);
        long offset = openOffset(index, count);
        for (int i = 0; i < count; i++) {
            memory.set(ValueLayout.JAVA_BYTE, offset + i, toByte(source[sourceIndex + i]));
        }
    }

    @Override
    public void copyTo(int index, boolean[] target, int targetIndex, int count) {
        Objects.checkFromIndexSize(targetIndex, count, target.length);
        long offset = openOffset(index, count);
        for (int i = 0; i < count; i++) {
            target[targetIndex + i] = memory.get(ValueLayout.JAVA_BYTE, offset + i) != 0;
        }
    }

    private static byte toByte(boolean value) {
        return (byte) (value ? 1 : 0);
    }

    @Override
    public TwinBooleanArray slice(int from, int to) {
        return new TwinBooleanArray(this, from, to);
    }

    @Override
    String typeName() {
        return "BooleanArray";
    }
}
