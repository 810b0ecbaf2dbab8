package io.multiprocessing.threads;

import io.multiprocessing.DoubleArray;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/** Elements of type double. */
@SuppressWarnings("serial") // travels as a handle
final class TwinDoubleArray extends TwinArrayObject<Double> implements DoubleArray {
    static final int ELEMENT_BYTES = Double.BYTES;

    private static final VarHandle ELEMENT = ValueLayout.JAVA_DOUBLE.varHandle();

    TwinDoubleArray(TwinContext context, long id, Guard guard, Elements elements) {
        super(context, id, guard, elements);
    }

    private TwinDoubleArray(TwinDoubleArray array, int from, int to) {
        super(array, from, to);
    }

    @Override
    public double get(int index) {
        return (double) ELEMENT.getVolatile(memory, openOffset(index));
    }

    @Override
    public void set(int index, double value) {
        ELEMENT.setVolatile(memory, openOffset(index), value);
    }

    @Override
    public double getAndSet(int index, double value) {
        return (double) ELEMENT.getAndSet(memory, openOffset(index), value);
    }

    @Override
    public boolean compareAndSet(int index, double expected, double value) {
        return ELEMENT.compareAndSet(memory, openOffset(index), expected, value);
    }

    @Override
    public double getAndAdd(int index, double delta) {
        while (true) {
            double before = get(index);
            if (compareAndSet(index, before, before + delta)) {
                return before;
            }
        }
    }

    @Override
    public void fill(int from, int to, double value) {
        MemorySegment range = openRange(from, to);
        for (int i = 0; i < to - from; i++) {
            range.setAtIndex(ValueLayout.JAVA_DOUBLE, i, value);
        }
    }

    @Override
    public void copyFrom(double[] source, int sourceIndex, int index, int count) {
        MemorySegment.copy(source, sourceIndex, memory, ValueLayout.JAVA_DOUBLE, openOffset(index, count), count);
    }

    @Override
    public void copyTo(int index, double[] target, int targetIndex, int count) {
        MemorySegment.copy(memory, ValueLayout.JAVA_DOUBLE, openOffset(index, count), target, targetIndex, count);
    }

    @Override
    public TwinDoubleArray slice(int from, int to) {
        return new TwinDoubleArray(this, from, to);
    }

    @Override
    String typeName() {
        return "DoubleArray";
    }
}
