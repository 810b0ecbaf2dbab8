package io.multiprocessing.local.memory;

import io.multiprocessing.IntValue;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.Words;

/** An int. */
@SuppressWarnings("serial") // travels as a handle
final class LocalIntValue extends ValueObject implements IntValue {
    LocalIntValue(Home home, Cell cell) {
        super(home, ObjectKind.INT_VALUE, cell);
    }

    @Override
    public int get() {
        return Words.intVolatile(memory, openOffset());
    }

    @Override
    public void set(int value) {
        Words.setIntVolatile(memory, openOffset(), value);
    }

    @Override
    public int getAndSet(int value) {
        return Words.getAndSetInt(memory, openOffset(), value);
    }

    @Override
    public boolean compareAndSet(int expected, int value) {
        return Words.casInt(memory, openOffset(), expected, value);
    }

    @Override
    public int getAndAdd(int delta) {
        return Words.getAndAddInt(memory, openOffset(), delta);
    }

    @Override
    Object boxed() {
        return get();
    }

    @Override
    String typeName() {
        return "IntValue";
    }
}
