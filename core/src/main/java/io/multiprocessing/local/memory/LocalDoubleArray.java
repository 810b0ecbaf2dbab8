package io.multiprocessing.local.memory;

import io.multiprocessing.DoubleArray;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.Words;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Elements of type double. */
@SuppressWarnings("serial") // travels as a handle
final class LocalDoubleArray extends ArrayObject<Double> implements DoubleArray {
    static final int ELEMENT_BYTES = Double.BYTES;

    LocalDoubleArray(Home home, Cell cell) {
        super(home, ObjectKind.DOUBLE_ARRAY, cell, ELEMENT_BYTES);
    }

    @Override
    public double get(int index) {
        return Double.longBitsToDouble(Words.longVolatile(memory, openOffset(index)));
    }

    @Override
    public void set(int index, double value) {
        Words.setLongVolatile(memory, openOffset(index), Double.doubleToRawLongBits(value));
    }

    @Override
    public double getAndSet(int index, double value) {
        return Double.longBitsToDouble(
                Words.getAndSetLong(memory, openOffset(index), Double.doubleToRawLongBits(value)));
    }

    @Override
    public boolean compareAndSet(int index, double expected, double value) {
        return Words.casLong(
                memory, openOffset(index), Double.doubleToRawLongBits(expected), Double.doubleToRawLongBits(value));
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
    public DoubleArray slice(int from, int to) {
        return new Slice(this, from, to);
    }

    @Override
    String typeName() {
        return "DoubleArray";
    }

    @SuppressWarnings("serial") // travels as its array and its bounds
    private static final class Slice extends ArraySlice<LocalDoubleArray, Double> implements DoubleArray {
        Slice(LocalDoubleArray array, int from, int to) {
            super(array, from, to);
        }

        @Override
        public double get(int index) {
            return array.get(inArray(index));
        }

        @Override
        public void set(int index, double value) {
            array.set(inArray(index), value);
        }

        @Override
        public double getAndSet(int index, double value) {
            return array.getAndSet(inArray(index), value);
        }

        @Override
        public boolean compareAndSet(int index, double expected, double value) {
            return array.compareAndSet(inArray(index), expected, value);
        }

        @Override
        public double getAndAdd(int index, double delta) {
            return array.getAndAdd(inArray(index), delta);
        }

        @Override
        public void fill(int start, int end, double value) {
            array.fill(rangeInArray(start, end), from + end, value);
        }

        @Override
        public void copyFrom(double[] source, int sourceIndex, int index, int count) {
            array.copyFrom(source, sourceIndex, inArray(index, count), count);
        }

        @Override
        public void copyTo(int index, double[] target, int targetIndex, int count) {
            array.copyTo(inArray(index, count), target, targetIndex, count);
        }

        @Override
        public DoubleArray slice(int start, int end) {
            return array.slice(rangeInArray(start, end), from + end);
        }
    }
}
