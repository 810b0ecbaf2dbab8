package io.multiprocessing.threads;

import io.multiprocessing.CharValue;
import java.util.concurrent.atomic.AtomicInteger;

/** A char, as an int. */
@SuppressWarnings("serial") // travels as a handle
final class TwinCharValue extends GuardedObject implements CharValue {
    private final AtomicInteger word;

    TwinCharValue(TwinContext context, long id, Guard guard, AtomicInteger word) {
        super(context, id, guard);
        this.word = word;
    }

    static AtomicInteger word(char initial) {
        return new AtomicInteger(initial);
    }

    @Override
    public char get() {
        checkOpen();
        return (char) word.get();
    }

    @Override
    public void set(char value) {
        checkOpen();
        word.set(value);
    }

    @Override
    public char getAndSet(char value) {
        checkOpen();
        return (char) word.getAndSet(value);
    }

    @Override
    public boolean compareAndSet(char expected, char value) {
        checkOpen();
        return word.compareAndSet(expected, value);
    }

    @Override
    String typeName() {
        return "CharValue";
    }

    @Override
    public String toString() {
        return "CharValue[" + (context.isClosed() ? "closed" : String.valueOf(get())) + "]";
    }
}
