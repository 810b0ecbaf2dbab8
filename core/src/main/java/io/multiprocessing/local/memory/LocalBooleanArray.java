package io.multiprocessing.local.memory;

import io.multiprocessing.BooleanArray;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.Cell;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/** Elements of one byte each, 0 or 1. */
@SuppressWarnings("serial") // travels as a handle
final class LocalBooleanArray extends ArrayObject<Boolean> implements BooleanArray {
    static final int ELEMENT_BYTES = Byte.BYTES;

    LocalBooleanArray(Home home, Cell cell) {
        super(home, ObjectKind.BOOLEAN_ARRAY, cell, ELEMENT_BYTES);
    }

    @Override
    public boolean get(int index) {
        return NarrowWords.byteVolatile(memory, openOffset(index)) != 0;
    }

    @Override
    public void set(int index, boolean value) {
        NarrowWords.setByteVolatile(memory, openOffset(index), toByte(value));
    }

    @Override
    public boolean getAndSet(int index, boolean value) {
        return NarrowWords.getAndSetByte(memory, openOffset(index), toByte(value)) != 0;
    }

    @Override
    public boolean compareAndSet(int index, boolean expected, boolean value) {
        return NarrowWords.casByte(memory, openOffset(index), toByte(expected), toByte(value));
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

    @Override
    public BooleanArray slice(int from, int to) {
        return new Slice(this, from, to);
    }

    @Override
    String typeName() {
        return "BooleanArray";
    }

    private static byte toByte(boolean value) {
        return (byte) (value ? 1 : 0);
    }

    @SuppressWarnings("serial") // travels as its array and its bounds
    private static final class Slice extends ArraySlice<LocalBooleanArray, Boolean> implements BooleanArray {
        Slice(LocalBooleanArray array, int from, int to) {
            super(array, from, to);
        }

        @Override
        public boolean get(int index) {
            return array.get(inArray(index));
        }

        @Override
        public void set(int index, boolean value) {
            array.set(inArray(index), value);
        }

        @Override
        public boolean getAndSet(int index, boolean value) {
            return array.getAndSet(inArray(index), value);
        }

        @Override
        public boolean compareAndSet(int index, boolean expected, boolean value) {
            return array.compareAndSet(inArray(index), expected, value);
        }

        @Override
        public void fill(int start, int end, boolean value) {
            array.fill(rangeInArray(start, end), from + end, value);
        }

        @Override
        public void copyFrom(boolean[] source, int sourceIndex, int index, int count) {
            array.copyFrom(source, sourceIndex, inArray(index, count), count);
        }

        @Override
        public void copyTo(int index, boolean[] target, int targetIndex, int count) {
            array.copyTo(inArray(index, count), target, targetIndex, count);
        }

        @Override
        public BooleanArray slice(int start, int end) {
            return array.slice(rangeInArray(start, end), from + end);
        }
    }
}
