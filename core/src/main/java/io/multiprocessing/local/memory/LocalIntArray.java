package io.multiprocessing.local.memory;

import io.multiprocessing.IntArray;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.Words;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Elements of type int. */
@SuppressWarnings("serial") // travels as a handle
final class LocalIntArray extends ArrayObject<Integer> implements IntArray {
    static final int ELEMENT_BYTES = Integer.BYTES;

    LocalIntArray(Home home, Cell cell) {
        super(home, ObjectKind.INT_ARRAY, cell, ELEMENT_BYTES);
    }

    @Override
    public int get(int index) {
        return Words.intVolatile(memory, openOffset(index));
    }

    @Override
    public void set(int index, int value) {
        Words.setIntVolatile(memory, openOffset(index), value);
    }

    @Override
    public int getAndSet(int index, int value) {
        return Words.getAndSetInt(memory, openOffset(index), value);
    }

    @Override
    public boolean compareAndSet(int index, int expected, int value) {
        return Words.casInt(memory, openOffset(index), expected, value);
    }

    @Override
    public int getAndAdd(int index, int delta) {
        return Words.getAndAddInt(memory, openOffset(index), delta);
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
    public IntArray slice(int from, int to) {
        return new Slice(this, from, to);
    }

    @Override
    String typeName() {
        return "IntArray";
    }

    @SuppressWarnings("serial") // travels as its array and its bounds
    private static final class Slice extends ArraySlice<LocalIntArray, Integer> implements IntArray {
        Slice(LocalIntArray array, int from, int to) {
            super(array, from, to);
        }

        @Override
        public int get(int index) {
            return array.get(inArray(index));
        }

        @Override
        public void set(int index, int value) {
            array.set(inArray(index), value);
        }

        @Override
        public int getAndSet(int index, int value) {
            return array.getAndSet(inArray(index), value);
        }

        @Override
        public boolean compareAndSet(int index, int expected, int value) {
            return array.compareAndSet(inArray(index), expected, value);
        }

        @Override
        public int getAndAdd(int index, int delta) {
            return array.getAndAdd(inArray(index), delta);
        }

        @Override
        public void fill(int start, int end, int value) {
            array.fill(rangeInArray(start, end), from + end, value);
        }

        @Override
        public void copyFrom(int[] source, int sourceIndex, int index, int count) {
            array.copyFrom(source, sourceIndex, inArray(index, count), count);
        }

        @Override
        public void copyTo(int index, int[] target, int targetIndex, int count) {
            array.copyTo(inArray(index, count), target, targetIndex, count);
        }

        @Override
        public IntArray slice(int start, int end) {
            return array.slice(rangeInArray(start, end), from + end);
        }
    }
}
