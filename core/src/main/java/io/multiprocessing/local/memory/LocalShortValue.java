package io.multiprocessing.local.memory;

import io.multiprocessing.ShortValue;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.Words;

/** A short, as an int. */
@SuppressWarnings("serial") // travels as a handle
final class LocalShortValue extends ValueObject implements ShortValue {
    LocalShortValue(Home home, Cell cell) {
        super(home, ObjectKind.SHORT_VALUE, cell);
    }

    @Override
    public short get() {
        return (short) Words.intVolatile(memory, openOffset());
    }

    @Override
    public void set(short value) {
        Words.setIntVolatile(memory, openOffset(), value);
    }

    @Override
    public short getAndSet(short value) {
        return (short) Words.getAndSetInt(memory, openOffset(), value);
    }

    @Override
    public boolean compareAndSet(short expected, short value) {
        return Words.casInt(memory, openOffset(), expected, value);
    }

    @Override
    public short getAndAdd(int delta) {
        while (true) {
            short before = get();
            if (compareAndSet(before, (short) (before + delta))) {
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
        return "ShortValue";
    }
}
