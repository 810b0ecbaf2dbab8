package io.multiprocessing.local.memory;

import io.multiprocessing.ShortArray;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.Cell;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Elements of type short. */
@SuppressWarnings("serial") // travels as a handle
final class LocalShortArray extends ArrayObject<Short> implements ShortArray {
    static final int ELEMENT_BYTES = Short.BYTES;

    LocalShortArray(Home home, Cell cell) {
        super(home, ObjectKind.SHORT_ARRAY, cell, ELEMENT_BYTES);
    }

    @Override
    public short get(int index) {
        return NarrowWords.shortVolatile(memory, openOffset(index));
    }

    @Override
    public void set(int index, short value) {
        NarrowWords.setShortVolatile(memory, openOffset(index), value);
    }

    @Override
    public short getAndSet(int index, short value) {
        return NarrowWords.getAndSetShort(memory, openOffset(index), value);
    }

    @Override
    public boolean compareAndSet(int index, short expected, short value) {
        return NarrowWords.casShort(memory, openOffset(index), expected, value);
    }

    @Override
    public short getAndAdd(int index, int delta) {
        return NarrowWords.getAndAddShort(memory, openOffset(index), delta);
    }

    @Override
    public void fill(int from, int to, short value) {
        MemorySegment range = openRange(from, to);
        for (int i = 0; i < to - from; i++) {
            range.setAtIndex(ValueLayout.JAVA_SHORT, i, value);
        }
    }

    @Override
    public void copyFrom(short[] source, int sourceIndex, int index, int count) {
        MemorySegment.copy(source, sourceIndex, memory, ValueLayout.JAVA_SHORT, openOffset(index, count), count);
    }

    @Override
    public void copyTo(int index, short[] target, int targetIndex, int count) {
        MemorySegment.copy(memory, ValueLayout.JAVA_SHORT, openOffset(index, count), target, targetIndex, count);
    }

    @Override
    public ShortArray slice(int from, int to) {
        return new Slice(this, from, to);
    }

    @Override
    String typeName() {
        return "ShortArray";
    }

    @SuppressWarnings("serial") // travels as its array and its bounds
    private static final class Slice extends ArraySlice<LocalShortArray, Short> implements ShortArray {
        Slice(LocalShortArray array, int from, int to) {
            super(array, from, to);
        }

        @Override
        public short get(int index) {
            return array.get(inArray(index));
        }

        @Override
        public void set(int index, short value) {
            array.set(inArray(index), value);
        }

        @Override
        public short getAndSet(int index, short value) {
            return array.getAndSet(inArray(index), value);
        }

        @Override
        public boolean compareAndSet(int index, short expected, short value) {
            return array.compareAndSet(inArray(index), expected, value);
        }

        @Override
        public short getAndAdd(int index, int delta) {
            return array.getAndAdd(inArray(index), delta);
        }

        @Override
        public void fill(int start, int end, short value) {
            array.fill(rangeInArray(start, end), from + end, value);
        }

        @Override
        public void copyFrom(short[] source, int sourceIndex, int index, int count) {
            array.copyFrom(source, sourceIndex, inArray(index, count), count);
        }

        @Override
        public void copyTo(int index, short[] target, int targetIndex, int count) {
            array.copyTo(inArray(index, count), target, targetIndex, count);
        }

        @Override
        public ShortArray slice(int start, int end) {
            return array.slice(rangeInArray(start, end), from + end);
        }
    }
}
