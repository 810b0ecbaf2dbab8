package io.multiprocessing.local.memory;

import io.multiprocessing.DoubleValue;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.Words;

/** A double, as its bits. */
@SuppressWarnings("serial") // travels as a handle
final class LocalDoubleValue extends ValueObject implements DoubleValue {
    LocalDoubleValue(Home home, Cell cell) {
        super(home, ObjectKind.DOUBLE_VALUE, cell);
    }

    @Override
    public double get() {
        return Double.longBitsToDouble(Words.longVolatile(memory, openOffset()));
    }

    @Override
    public void set(double value) {
        Words.setLongVolatile(memory, openOffset(), Double.doubleToRawLongBits(value));
    }

    @Override
    public double getAndSet(double value) {
        return Double.longBitsToDouble(Words.getAndSetLong(memory, openOffset(), Double.doubleToRawLongBits(value)));
    }

    @Override
    public boolean compareAndSet(double expected, double value) {
        return Words.casLong(
                memory, openOffset(), Double.doubleToRawLongBits(expected), Double.doubleToRawLongBits(value));
    }

    @Override
    public double getAndAdd(double delta) {
        while (true) {
            double before = get();
            if (compareAndSet(before, before + delta)) {
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
        return "DoubleValue";
    }
}
