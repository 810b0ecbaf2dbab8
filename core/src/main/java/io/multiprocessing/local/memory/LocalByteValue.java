package io.multiprocessing.local.memory;

import io.multiprocessing.ByteValue;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.Words;

/** A byte, as an int. */
@SuppressWarnings("serial") // travels as a handle
final class LocalByteValue extends ValueObject implements ByteValue {
    LocalByteValue(Home home, Cell cell) {
        super(home, ObjectKind.BYTE_VALUE, cell);
    }

    @Override
    public byte get() {
        return (byte) Words.intVolatile(memory, openOffset());
    }

    @Override
    public void set(byte value) {
        Words.setIntVolatile(memory, openOffset(), value);
    }

    @Override
    public byte getAndSet(byte value) {
        return (byte) Words.getAndSetInt(memory, openOffset(), value);
    }

    @Override
    public boolean compareAndSet(byte expected, byte value) {
        return Words.casInt(memory, openOffset(), expected, value);
    }

    @Override
    public byte getAndAdd(int delta) {
        while (true) {
            byte before = get();
            if (compareAndSet(before, (byte) (before + delta))) {
                return before;
            }
        }
    }

    @Override
    Object boxed() {
        return get();
    }

    @Override
    String typeName() {
        return "ByteValue";
    }
}
