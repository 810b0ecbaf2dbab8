package io.multiprocessing.threads;

import io.multiprocessing.ByteValue;
import java.util.concurrent.atomic.AtomicInteger;

/** A byte, as an int. */
@SuppressWarnings("serial") // travels as a handle
final class TwinByteValue extends GuardedObject implements ByteValue {
    private final AtomicInteger word;

    TwinByteValue(TwinContext context, long id, Guard guard, AtomicInteger word) {
        super(context, id, guard);
        this.word = word;
    }

    static AtomicInteger word(byte initial) {
        return new AtomicInteger(initial);
    }

    @Override
    public byte get() {
        checkOpen();
        return (byte) word.get();
    }

    @Override
    public void set(byte value) {
        checkOpen();
        word.set(value);
    }

    @Override
    public byte getAndSet(byte value) {
        checkOpen();
        return (byte) word.getAndSet(value);
    }

    @Override
    public boolean compareAndSet(byte expected, byte value) {
        checkOpen();
        return word.compareAndSet(expected, value);
    }

    @Override
    public byte getAndAdd(int delta) {
        checkOpen();
        return (byte) word.getAndUpdate(before -> (byte) (before + delta));
    }

    @Override
    String typeName() {
        return "ByteValue";
    }

    @Override
    public String toString() {
        return "ByteValue[" + (context.isClosed() ? "closed" : String.valueOf(get())) + "]";
    }
}
