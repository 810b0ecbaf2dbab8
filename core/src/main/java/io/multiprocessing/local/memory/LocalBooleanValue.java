package io.multiprocessing.local.memory;

import io.multiprocessing.BooleanValue;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.Words;

/** A boolean, as the int 0 or 1. */
@SuppressWarnings("serial") // travels as a handle
final class LocalBooleanValue extends ValueObject implements BooleanValue {
    LocalBooleanValue(Home home, Cell cell) {
        super(home, ObjectKind.BOOLEAN_VALUE, cell);
    }

    @Override
    public boolean get() {
        return Words.intVolatile(memory, openOffset()) != 0;
    }

    @Override
    public void set(boolean value) {
        Words.setIntVolatile(memory, openOffset(), value ? 1 : 0);
    }

    @Override
    public boolean getAndSet(boolean value) {
        return Words.getAndSetInt(memory, openOffset(), value ? 1 : 0) != 0;
    }

    @Override
    public boolean compareAndSet(boolean expected, boolean value) {
        return Words.casInt(memory, openOffset(), expected ? 1 : 0, value ? 1 : 0);
    }

    @Override
    Object boxed() {
        return get();
    }

    @Override
    String typeName() {
        return "BooleanValue";
    }
}
