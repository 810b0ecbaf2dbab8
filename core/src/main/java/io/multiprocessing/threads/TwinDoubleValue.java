package io.multiprocessing.threads;

import io.multiprocessing.DoubleValue;
import java.util.concurrent.atomic.AtomicLong;

/** A double, as a long. */
@SuppressWarnings("serial") // travels as a handle
final class TwinDoubleValue extends GuardedObject implements DoubleValue {
    private final AtomicLong word;

    TwinDoubleValue(TwinContext context, long id, Guard guard, AtomicLong word) {
        super(context, id, guard);
        this.word = word;
    }

    static AtomicLong word(double initial) {
        return new AtomicLong(Double.doubleToRawLongBits(initial));
    }

    @Override
    public double get() {
        checkOpen();
        return Double.longBitsToDouble(word.get());
    }

    @Override
    public void set(double value) {
        checkOpen();
        word.set(Double.doubleToRawLongBits(value));
    }

    @Override
    public double getAndSet(double value) {
        checkOpen();
        return Double.longBitsToDouble(word.getAndSet(Double.doubleToRawLongBits(value)));
    }

    @Override
    public boolean compareAndSet(double expected, double value) {
        checkOpen();
        return word.compareAndSet(Double.doubleToRawLongBits(expected), Double.doubleToRawLongBits(value));
    }

    @Override
    public double getAndAdd(double delta) {
        checkOpen();
        return Double.longBitsToDouble(
                word.getAndUpdate(before -> Double.doubleToRawLongBits(Double.longBitsToDouble(before) + delta)));
    }

    @Override
    String typeName() {
        return "DoubleValue";
    }

    @Override
    public String toString() {
        return "DoubleValue[" + (context.isClosed() ? "closed" : String.valueOf(get())) + "]";
    }
}
