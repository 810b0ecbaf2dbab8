package io.multiprocessing.threads;

import io.multiprocessing.LongValue;
import java.util.concurrent.atomic.AtomicLong;

/** A long. */
@SuppressWarnings("serial") // travels as a handle
final class TwinLongValue extends GuardedObject implements LongValue {
    private final AtomicLong word;

    TwinLongValue(TwinContext context, long id, Guard guard, AtomicLong word) {
        super(context, id, guard);
        this.word = word;
    }

    static AtomicLong word(long initial) {
        return new AtomicLong(initial);
    }

    @Override
    public long get() {
        checkOpen();
        return word.get();
    }

    @Override
    public void set(long value) {
        checkOpen();
        word.set(value);
    }

    @Override
    public long getAndSet(long value) {
        checkOpen();
        return word.getAndSet(value);
    }

    @Override
    public boolean compareAndSet(long expected, long value) {
        checkOpen();
        return word.compareAndSet(expected, value);
    }

    @Override
    public long getAndAdd(long delta) {
        checkOpen();
        return word.getAndAdd(delta);
    }

    @Override
    String typeName() {
        return "LongValue";
    }

    @Override
    public String toString() {
        return "LongValue[" + (context.isClosed() ? "closed" : String.valueOf(get())) + "]";
    }
}
