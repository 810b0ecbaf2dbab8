package io.multiprocessing.local.memory;

import io.multiprocessing.FloatValue;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.Words;

/** A float, as its bits. */
@SuppressWarnings("serial") // travels as a handle
final class LocalFloatValue extends ValueObject implements FloatValue {
    LocalFloatValue(Home home, Cell cell) {
        super(home, ObjectKind.FLOAT_VALUE, cell);
    }

    @Override
    public float get() {
        return Float.intBitsToFloat(Words.intVolatile(memory, openOffset()));
    }

    @Override
    public void set(float value) {
        Words.setIntVolatile(memory, openOffset(), Float.floatToRawIntBits(value));
    }

    @Override
    public float getAndSet(float value) {
        return Float.intBitsToFloat(Words.getAndSetInt(memory, openOffset(), Float.floatToRawIntBits(value)));
    }

    @Override
    public boolean compareAndSet(float expected, float value) {
        return Words.casInt(memory, openOffset(), Float.floatToRawIntBits(expected), Float.floatToRawIntBits(value));
    }

    @Override
    public float getAndAdd(float delta) {
        while (true) {
            float before = get();
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
        return "FloatValue";
    }
}
