package io.multiprocessing.local.memory;

import io.multiprocessing.CharArray;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.Cell;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Elements of type char. */
@SuppressWarnings("serial") // travels as a handle
final class LocalCharArray extends ArrayObject<Character> implements CharArray {
    static final int ELEMENT_BYTES = Character.BYTES;

    LocalCharArray(Home home, Cell cell) {
        super(home, ObjectKind.CHAR_ARRAY, cell, ELEMENT_BYTES);
    }

    @Override
    public char get(int index) {
        return (char) NarrowWords.shortVolatile(memory, openOffset(index));
    }

    @Override
    public void set(int index, char value) {
        NarrowWords.setShortVolatile(memory, openOffset(index), (short) value);
    }

    @Override
    public char getAndSet(int index, char value) {
        return (char) NarrowWords.getAndSetShort(memory, openOffset(index), (short) value);
    }

    @Override
    public boolean compareAndSet(int index, char expected, char value) {
        return NarrowWords.casShort(memory, openOffset(index), (short) expected, (short) value);
    }

    @Override
    public void fill(int from, int to, char value) {
        MemorySegment range = openRange(from, to);
        for (int i = 0; i < to - from; i++) {
            range.setAtIndex(ValueLayout.JAVA_CHAR, i, value);
        }
    }

    @Override
    public void copyFrom(char[] source, int sourceIndex, int index, int count) {
        MemorySegment.copy(source, sourceIndex, memory, ValueLayout.JAVA_CHAR, openOffset(index, count), count);
    }

    @Override
    public void copyTo(int index, char[] target, int targetIndex, int count) {
        MemorySegment.copy(memory, ValueLayout.JAVA_CHAR, openOffset(index, count), target, targetIndex, count);
    }

    @Override
    public CharArray slice(int from, int to) {
        return new Slice(this, from, to);
    }

    @Override
    String typeName() {
        return "CharArray";
    }

    @SuppressWarnings("serial") // travels as its array and its bounds
    private static final class Slice extends ArraySlice<LocalCharArray, Character> implements CharArray {
        Slice(LocalCharArray array, int from, int to) {
            super(array, from, to);
        }

        @Override
        public char get(int index) {
            return array.get(inArray(index));
        }

        @Override
        public void set(int index, char value) {
            array.set(inArray(index), value);
        }

        @Override
        public char getAndSet(int index, char value) {
            return array.getAndSet(inArray(index), value);
        }

        @Override
        public boolean compareAndSet(int index, char expected, char value) {
            return array.compareAndSet(inArray(index), expected, value);
        }

        @Override
        public void fill(int start, int end, char value) {
            array.fill(rangeInArray(start, end), from + end, value);
        }

        @Override
        public void copyFrom(char[] source, int sourceIndex, int index, int count) {
            array.copyFrom(source, sourceIndex, inArray(index, count), count);
        }

        @Override
        public void copyTo(int index, char[] target, int targetIndex, int count) {
            array.copyTo(inArray(index, count), target, targetIndex, count);
        }

        @Override
        public CharArray slice(int start, int end) {
            return array.slice(rangeInArray(start, end), from + end);
        }
    }
}
