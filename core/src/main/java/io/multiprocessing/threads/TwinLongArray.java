package io.multiprocessing.threads;

import io.multiprocessing.LongArray;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/** Elements of type long. */
@SuppressWarnings("serial") // travels as a handle
final class TwinLongArray extends TwinArrayObject<Long> implements LongArray {
    static final int ELEMENT_BYTES = Long.BYTES;

    private static final VarHandle ELEMENT = ValueLayout.JAVA_LONG.varHandle();

    TwinLongArray(TwinContext context, long id, Guard guard, Elements elements) {
        super(context, id, guard, elements);
    }

    private TwinLongArray(TwinLongArray array, int from, int to) {
        super(array, from, to);
    }

    @Override
    public long get(int index) {
        return (long) ELEMENT.getVolatile(memory, openOffset(index));
    }

    @Override
    public void set(int index, long value) {
        ELEMENT.setVolatile(memory, openOffset(index), value);
    }

    @Override
    public long getAndSet(int index, long value) {
        return (long) ELEMENT.getAndSet(memory, openOffset(index), value);
    }

    @Override
    public boolean compareAndSet(int index, long expected, long value) {
        return ELEMENT.compareAndSet(memory, openOffset(index), expected, value);
    }

    @Override
    public long getAndAdd(int index, long delta) {
        return (long) ELEMENT.getAndAdd(memory, openOffset(index), delta);
    }

    @Override
    public void fill(int from, int to, long value) {
        MemorySegment range = openRange(from, to);
        for (int i = 0; i < to - from; i++) {
            range.setAtIndex(ValueLayout.JAVA_LONG, i, value);
        }
    }

    @Override
    public void copyFrom(long[] source, int sourceIndex, int index, int count) {
        MemorySegment.copy(source, sourceIndex, memory, ValueLayout.JAVA_LONG, openOffset(index, count), count);
    }

    @Override
    public void copyTo(int index, long[] target, int targetIndex, int count) {
        MemorySegment.copy(memory, ValueLayout.JAVA_LONG, openOffset(index, count), target, targetIndex, count);
    }

    @Override
    public TwinLongArray slice(int from, int to) {
        return new TwinLongArray(this, from, to);
    }

    @Override
    String typeName() {
        return "LongArray";
    }
}
