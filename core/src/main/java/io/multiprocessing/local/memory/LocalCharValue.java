package io.multiprocessing.local.memory;

import io.multiprocessing.CharValue;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.Words;

/** A char, as an int. */
@SuppressWarnings("serial") // travels as a handle
final class LocalCharValue extends ValueObject implements CharValue {
    LocalCharValue(Home home, Cell cell) {
        super(home, ObjectKind.CHAR_VALUE, cell);
    }

    @Override
    public char get() {
        return (char) Words.intVolatile(memory, openOffset());
    }

    @Override
    public void set(char value) {
        Words.setIntVolatile(memory, openOffset(), value);
    }

    @Override
    public char getAndSet(char value) {
        return (char) Words.getAndSetInt(memory, openOffset(), value);
    }

    @Override
    public boolean compareAndSet(char expected, char value) {
        return Words.casInt(memory, openOffset(), expected, value);
    }

    @Override
    Object boxed() {
        return get();
    }

    @Override
    String typeName() {
        return "CharValue";
    }
}
