package io.multiprocessing.threads;

import io.multiprocessing.FloatValue;
import java.util.concurrent.atomic.AtomicInteger;

/** A float, as an int. */
@SuppressWarnings("serial") // travels as a handle
final class TwinFloatValue extends GuardedObject implements FloatValue {
    private final AtomicInteger word;

    TwinFloatValue(TwinContext context, long id, Guard guard, AtomicInteger word) {
        super(context, id, guard);
        this.word = word;
    }

    static AtomicInteger word(float initial) {
        return new AtomicInteger(Float.floatToRawIntBits(initial));
    }

    @Override
    public float get() {
        checkOpen();
        return Float.intBitsToFloat(word.get());
    }

    @Override
    public void set(float value) {
        checkOpen();
        word.set(Float.floatToRawIntBits(value));
    }

    @Override
    public float getAndSet(float value) {
        checkOpen();
        return Float.intBitsToFloat(word.getAndSet(Float.floatToRawIntBits(value)));
    }

    @Override
    public boolean compareAndSet(float expected, float value) {
        checkOpen();
        return word.compareAndSet(Float.floatToRawIntBits(expected), Float.floatToRawIntBits(value));
    }

    @Override
    public float getAndAdd(float delta) {
        checkOpen();
        return Float.intBitsToFloat(
                word.getAndUpdate(before -> Float.floatToRawIntBits(Float.intBitsToFloat(before) + delta)));
    }

    @Override
    String typeName() {
        return "FloatValue";
    }

    @Override
    public String toString() {
        return "FloatValue[" + (context.isClosed() ? "closed" : String.valueOf(get())) + "]";
    }
}
