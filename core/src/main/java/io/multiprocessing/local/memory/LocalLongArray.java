package io.multiprocessing.local.memory;

import io.multiprocessing.LongArray;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.Words;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Elements of type long. */
@SuppressWarnings("serial") // travels as a handle
final class LocalLongArray extends ArrayObject<Long> implements LongArray {
    static final int ELEMENT_BYTES = Long.BYTES;

    LocalLongArray(Home home, Cell cell) {
        super(home, ObjectKind.LONG_ARRAY, cell, ELEMENT_BYTES);
    }

    @Override
    public long get(int index) {
        return Words.longVolatile(memory, openOffset(index));
    }

    @Override
    public void set(int index, long value) {
        Words.setLongVolatile(memory, openOffset(index), value);
    }

    @Override
    public long getAndSet(int index, long value) {
        return Words.getAndSetLong(memory, openOffset(index), value);
    }

    @Override
    public boolean compareAndSet(int index, long expected, long value) {
        return Words.casLong(memory, openOffset(index), expected, value);
    }

    @Override
    public long getAndAdd(int index, long delta) {
        return Words.getAndAddLong(memory, openOffset(index), delta);
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
    public LongArray slice(int from, int to) {
        return new Slice(this, from, to);
    }

    @Override
    String typeName() {
        return "LongArray";
    }

    @SuppressWarnings("serial") // travels as its array and its bounds
    private static final class Slice extends ArraySlice<LocalLongArray, Long> implements LongArray {
        Slice(LocalLongArray array, int from, int to) {
            super(array, from, to);
        }

        @Override
        public long get(int index) {
            return array.get(inArray(index));
        }

        @Override
        public void set(int index, long value) {
            array.set(inArray(index), value);
        }

        @Override
        public long getAndSet(int index, long value) {
            return array.getAndSet(inArray(index), value);
        }

        @Override
        public boolean compareAndSet(int index, long expected, long value) {
            return array.compareAndSet(inArray(index), expected, value);
        }

        @Override
        public long getAndAdd(int index, long delta) {
            return array.getAndAdd(inArray(index), delta);
        }

        @Override
        public void fill(int start, int end, long value) {
            array.fill(rangeInArray(start, end), from + end, value);
        }

        @Override
        public void copyFrom(long[] source, int sourceIndex, int index, int count) {
            array.copyFrom(source, sourceIndex, inArray(index, count), count);
        }

        @Override
        public void copyTo(int index, long[] target, int targetIndex, int count) {
            array.copyTo(inArray(index, count), target, targetIndex, count);
        }

        @Override
        public LongArray slice(int start, int end) {
            return array.slice(rangeInArray(start, end), from + end);
        }
    }
}
