package io.multiprocessing.threads;

import io.multiprocessing.BooleanValue;
import java.util.concurrent.atomic.AtomicInteger;

/** A boolean, as an int. */
@SuppressWarnings("serial") // travels as a handle
final class TwinBooleanValue extends GuardedObject implements BooleanValue {
    private final AtomicInteger word;

    TwinBooleanValue(TwinContext context, long id, Guard guard, AtomicInteger word) {
        super(context, id, guard);
        this.word = word;
    }

    static AtomicInteger word(boolean initial) {
        return new AtomicInteger(initial ? 1 : 0);
    }

    @Override
    public boolean get() {
        checkOpen();
        return word.get() != 0;
    }

    @Override
    public void set(boolean value) {
        checkOpen();
        word.set(value ? 1 : 0);
    }

    @Override
    public boolean getAndSet(boolean value) {
        checkOpen();
        return word.getAndSet(value ? 1 : 0) != 0;
    }

    @Override
    public boolean compareAndSet(boolean expected, boolean value) {
        checkOpen();
        return word.compareAndSet(expected ? 1 : 0, value ? 1 : 0);
    }

    @Override
    String typeName() {
        return "BooleanValue";
    }

    @Override
    public String toString() {
        return "BooleanValue[" + (context.isClosed() ? "closed" : String.valueOf(get())) + "]";
    }
}
