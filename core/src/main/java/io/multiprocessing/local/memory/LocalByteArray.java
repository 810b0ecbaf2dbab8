package io.multiprocessing.local.memory;

import io.multiprocessing.ByteArray;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.Cell;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Elements of type byte. */
@SuppressWarnings("serial") // travels as a handle
final class LocalByteArray extends ArrayObject<Byte> implements ByteArray {
    static final int ELEMENT_BYTES = Byte.BYTES;

    LocalByteArray(Home home, Cell cell) {
        super(home, ObjectKind.BYTE_ARRAY, cell, ELEMENT_BYTES);
    }

    @Override
    public byte get(int index) {
        return NarrowWords.byteVolatile(memory, openOffset(index));
    }

    @Override
    public void set(int index, byte value) {
        NarrowWords.setByteVolatile(memory, openOffset(index), value);
    }

    @Override
    public byte getAndSet(int index, byte value) {
        return NarrowWords.getAndSetByte(memory, openOffset(index), value);
    }

    @Override
    public boolean compareAndSet(int index, byte expected, byte value) {
        return NarrowWords.casByte(memory, openOffset(index), expected, value);
    }

    @Override
    public byte getAndAdd(int index, int delta) {
        return NarrowWords.getAndAddByte(memory, openOffset(index), delta);
    }

    @Override
    public void fill(int from, int to, byte value) {
        openRange(from, to).fill(value);
    }

    @Override
    public void copyFrom(byte[] source, int sourceIndex, int index, int count) {
        MemorySegment.copy(source, sourceIndex, memory, ValueLayout.JAVA_BYTE, openOffset(index, count), count);
    }

    @Override
    public void copyTo(int index, byte[] target, int targetIndex, int count) {
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, openOffset(index, count), target, targetIndex, count);
    }

    @Override
    public ByteArray slice(int from, int to) {
        return new Slice(this, from, to);
    }

    @Override
    String typeName() {
        return "ByteArray";
    }

    @SuppressWarnings("serial") // travels as its array and its bounds
    private static final class Slice extends ArraySlice<LocalByteArray, Byte> implements ByteArray {
        Slice(LocalByteArray array, int from, int to) {
            super(array, from, to);
        }

        @Override
        public byte get(int index) {
            return array.get(inArray(index));
        }

        @Override
        public void set(int index, byte value) {
            array.set(inArray(index), value);
        }

        @Override
        public byte getAndSet(int index, byte value) {
            return array.getAndSet(inArray(index), value);
        }

        @Override
        public boolean compareAndSet(int index, byte expected, byte value) {
            return array.compareAndSet(inArray(index), expected, value);
        }

        @Override
        public byte getAndAdd(int index, int delta) {
            return array.getAndAdd(inArray(index), delta);
        }

        @Override
        public void fill(int start, int end, byte value) {
            array.fill(rangeInArray(start, end), from + end, value);
        }

        @Override
        public void copyFrom(byte[] source, int sourceIndex, int index, int count) {
            array.copyFrom(source, sourceIndex, inArray(index, count), count);
        }

        @Override
        public void copyTo(int index, byte[] target, int targetIndex, int count) {
            array.copyTo(inArray(index, count), target, targetIndex, count);
        }

        @Override
        public ByteArray slice(int start, int end) {
            return array.slice(rangeInArray(start, end), from + end);
        }
    }
}
