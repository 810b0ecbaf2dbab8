package io.multiprocessing.threads;

import io.multiprocessing.IntValue;
import java.util.concurrent.atomic.AtomicInteger;

/** An int. */
@SuppressWarnings("serial") // travels as a handle
final class TwinIntValue extends GuardedObject implements IntValue {
    private final AtomicInteger word;

    TwinIntValue(TwinContext context, long id, Guard guard, AtomicInteger word) {
        super(context, id, guard);
        this.word = word;
    }

    static AtomicInteger word(int initial) {
        return new AtomicInteger(initial);
    }

    @Override
    public int get() {
        checkOpen();
        return word.get();
    }

    @Override
    public void set(int value) {
        checkOpen();
        word.set(value);
    }

    @Override
    public int getAndSet(int value) {
        checkOpen();
        return word.getAndSet(value);
    }

    @Override
    public boolean compareAndSet(int expected, int value) {
        checkOpen();
        return word.compareAndSet(expected, value);
    }

    @Override
    public int getAndAdd(int delta) {
        checkOpen();
        return word.getAndAdd(delta);
    }

    @Override
    String typeName() {
        return "IntValue";
    }

    @Override
    public String toString() {
        return "IntValue[" + (context.isClosed() ? "closed" : String.valueOf(get())) + "]";
    }
}
