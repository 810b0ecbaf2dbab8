package io.multiprocessing.local.memory;

import io.multiprocessing.LongValue;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.Words;

/** A long. */
@SuppressWarnings("serial") // travels as a handle
final class LocalLongValue extends ValueObject implements LongValue {
    LocalLongValue(Home home, Cell cell) {
        super(home, ObjectKind.LONG_VALUE, cell);
    }

    @Override
    public long get() {
        return Words.longVolatile(memory, openOffset());
    }

    @Override
    public void set(long value) {
        Words.setLongVolatile(memory, openOffset(), value);
    }

    @Override
    public long getAndSet(long value) {
        return Words.getAndSetLong(memory, openOffset(), value);
    }

    @Override
    public boolean compareAndSet(long expected, long value) {
        return Words.casLong(memory, openOffset(), expected, value);
    }

    @Override
    public long getAndAdd(long delta) {
        return Words.getAndAddLong(memory, openOffset(), delta);
    }

    @Override
    Object boxed() {
        return get();
    }

    @Override
    String typeName() {
        return "LongValue";
    }
}
