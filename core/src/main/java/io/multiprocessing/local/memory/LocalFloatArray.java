package io.multiprocessing.local.memory;

import io.multiprocessing.FloatArray;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.Words;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Elements of type float. */
@SuppressWarnings("serial") // travels as a handle
final class LocalFloatArray extends ArrayObject<Float> implements FloatArray {
    static final int ELEMENT_BYTES = Float.BYTES;

    LocalFloatArray(Home home, Cell cell) {
        super(home, ObjectKind.FLOAT_ARRAY, cell, ELEMENT_BYTES);
    }

    @Override
    public float get(int index) {
        return Float.intBitsToFloat(Words.intVolatile(memory, openOffset(index)));
    }

    @Override
    public void set(int index, float value) {
        Words.setIntVolatile(memory, openOffset(index), Float.floatToRawIntBits(value));
    }

    @Override
    public float getAndSet(int index, float value) {
        return Float.intBitsToFloat(Words.getAndSetInt(memory, openOffset(index), Float.floatToRawIntBits(value)));
    }

    @Override
    public boolean compareAndSet(int index, float expected, float value) {
        return Words.casInt(
                memory, openOffset(index), Float.floatToRawIntBits(expected), Float.floatToRawIntBits(value));
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
    public FloatArray slice(int from, int to) {
        return new Slice(this, from, to);
    }

    @Override
    String typeName() {
        return "FloatArray";
    }

    @SuppressWarnings("serial") // travels as its array and its bounds
    private static final class Slice extends ArraySlice<LocalFloatArray, Float> implements FloatArray {
        Slice(LocalFloatArray array, int from, int to) {
            super(array, from, to);
        }

        @Override
        public float get(int index) {
            return array.get(inArray(index));
        }

        @Override
        public void set(int index, float value) {
            array.set(inArray(index), value);
        }

        @Override
        public float getAndSet(int index, float value) {
            return array.getAndSet(inArray(index), value);
        }

        @Override
        public boolean compareAndSet(int index, float expected, float value) {
            return array.compareAndSet(inArray(index), expected, value);
        }

        @Override
        public float getAndAdd(int index, float delta) {
            return array.getAndAdd(inArray(index), delta);
        }

        @Override
        public void fill(int start, int end, float value) {
            array.fill(rangeInArray(start, end), from + end, value);
        }

        @Override
        public void copyFrom(float[] source, int sourceIndex, int index, int count) {
            array.copyFrom(source, sourceIndex, inArray(index, count), count);
        }

        @Override
        public void copyTo(int index, float[] target, int targetIndex, int count) {
            array.copyTo(inArray(index, count), target, targetIndex, count);
        }

        @Override
        public FloatArray slice(int start, int end) {
            return array.slice(rangeInArray(start, end), from + end);
        }
    }
}
