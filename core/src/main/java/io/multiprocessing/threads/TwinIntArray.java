package io.multiprocessing.threads;

import io.multiprocessing.IntArray;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/** Elements of type int. */
@SuppressWarnings("serial") // travels as a handle
final class TwinIntArray extends TwinArrayObject<Integer> implements IntArray {
    static final int ELEMENT_BYTES = Integer.BYTES;

    private static final VarHandle ELEMENT = ValueLayout.JAVA_INT.varHandle();

    TwinIntArray(TwinContext context, long id, Guard guard, Elements elements) {
        super(context, id, guard, elements);
    }

    private TwinIntArray(TwinIntArray array, int from, int to) {
        super(array, from, to);
    }

    @Override
    public int get(int index) {
        return (int) ELEMENT.getVolatile(memory, openOffset(index));
    }

    @Override
    public void set(int index, int value) {
        ELEMENT.setVolatile(memory, openOffset(index), value);
    }

    @Override
    public int getAndSet(int index, int value) {
        return (int) ELEMENT.getAndSet(memory, openOffset(index), value);
    }

    @Override
    public boolean compareAndSet(int index, int expected, int value) {
        return ELEMENT.compareAndSet(memory, openOffset(index), expected, value);
    }

    @Override
    public int getAndAdd(int index, int delta) {
        return (int) ELEMENT.getAndAdd(memory, openOffset(index), delta);
    }

    @Override
    public void fill(int from, int to, int value) {
        MemorySegment range = openRange(from, to);
        for (int i = 0; i < to - from; i++) {
            range.setAtIndex(ValueLayout.JAVA_INT, i, value);
        }
    }

    @Override
    public void copyFrom(int[] source, int sourceIndex, int index, int count) {
        MemorySegment.copy(source, sourceIndex, memory, ValueLayout.JAVA_INT, openOffset(index, count), count);
    }

    @Override
    public void copyTo(int index, int[] target, int targetIndex, int count) {
        MemorySegment.copy(memory, ValueLayout.JAVA_INT, openOffset(index, count), target, targetIndex, count);
    }

    @Override
    public TwinIntArray slice(int from, int to) {
        return new TwinIntArray(this, from, to);
    }

    @Override
    String typeName() {
        return "IntArray";
    }
}
