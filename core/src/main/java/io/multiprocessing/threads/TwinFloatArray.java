package io.multiprocessing.threads;

import io.multiprocessing.FloatArray;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/** Elements of type float. */
@SuppressWarnings("serial") // travels as a handle
final class TwinFloatArray extends TwinArrayObject<Float> implements FloatArray {
    static final int ELEMENT_BYTES = Float.BYTES;

    private static final VarHandle ELEMENT = ValueLayout.JAVA_FLOAT.varHandle();

    TwinFloatArray(TwinContext context, long id, Guard guard, Elements elements) {
        super(context, id, guard, elements);
    }

    private TwinFloatArray(TwinFloatArray array, int from, int to) {
        super(array, from, to);
    }

    @Override
    public float get(int index) {
        return (float) ELEMENT.getVolatile(memory, openOffset(index));
    }

    @Override
    public void set(int index, float value) {
        ELEMENT.setVolatile(memory, openOffset(index), value);
    }

    @Override
    public float getAndSet(int index, float value) {
        return (float) ELEMENT.getAndSet(memory, openOffset(index), value);
    }

    @Override
    public boolean compareAndSet(int index, float expected, float value) {
        return ELEMENT.compareAndSet(memory, openOffset(index), expected, value);
    }

    @Override
    public float getAndAdd(int index, float delta) {
        while (true) {
            float before = get(index);
            if (compareAndSet(index, before, before + delta)) {
                return before;
            }
        }
    }

    @Override
    public void fill(int from, int to, float value) {
        MemorySegment range = openRange(from, to);
        for (int i = 0; i < to - from; i++) {
            range.setAtIndex(ValueLayout.JAVA_FLOAT, i, value);
        }
    }

    @Override
    public void copyFrom(float[] source, int sourceIndex, int index, int count) {
        MemorySegment.copy(source, sourceIndex, memory, ValueLayout.JAVA_FLOAT, openOffset(index, count), count);
    }

    @Override
    public void copyTo(int index, float[] target, int targetIndex, int count) {
        MemorySegment.copy(memory, ValueLayout.JAVA_FLOAT, openOffset(index, count), target, targetIndex, count);
    }

    @Override
    public TwinFloatArray slice(int from, int to) {
        return new TwinFloatArray(this, from, to);
    }

    @Override
    String typeName() {
        return "FloatArray";
    }
}
