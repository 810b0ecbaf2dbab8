package io.multiprocessing.threads;

import io.multiprocessing.ShortValue;
import java.util.concurrent.atomic.AtomicInteger;

/** A short, as an int. */
@SuppressWarnings("serial") // travels as a handle
final class TwinShortValue extends GuardedObject implements ShortValue {
    private final AtomicInteger word;

    TwinShortValue(TwinContext context, long id, Guard guard, AtomicInteger word) {
        super(context, id, guard);
        this.word = word;
    }

    static AtomicInteger word(short initial) {
        return new AtomicInteger(initial);
    }

    @Override
    public short get() {
        checkOpen();
        return (short) word.get();
    }

    @Override
    public void set(short value) {
        checkOpen();
        word.set(value);
    }

    @Override
    public short getAndSet(short value) {
        checkOpen();
        return (short) word.getAndSet(value);
    }

    @Override
    public boolean compareAndSet(short expected, short value) {
        checkOpen();
        return word.compareAndSet(expected, value);
    }

    @Override
    public short getAndAdd(int delta) {
        checkOpen();
        return (short) word.getAndUpdate(before -> (short) (before + delta));
    }

    @Override
    String typeName() {
        return "ShortValue";
    }

    @Override
    public String toString() {
        return "ShortValue[" + (context.isClosed() ? "closed" : String.valueOf(get())) + "]";
    }
}
