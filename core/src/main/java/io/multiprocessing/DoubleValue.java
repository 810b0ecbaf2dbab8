package io.multiprocessing;

import java.util.function.DoubleUnaryOperator;

/**
 * A {@code double} that processes share. Each operation is atomic by itself, as those of {@link IntValue}.
 *
 * <p>{@link #compareAndSet} compares bit by bit, as {@link Double#doubleToRawLongBits} gives them: {@code 0.0} is not
 * {@code -0.0}, and a NaN equals a NaN of the same bits.
 *
 * <p>Thread and process safety, memory consistency effects: as those of {@link IntValue}.
 *
 * <p>Crash effects: an operation of a process that dies is done or not done, never half.
 *
 * <p>Source: Python's {@code Value('d', …)}.
 */
public interface DoubleValue extends SharedObject {
    double get();

    void set(double value);

    /**
     * Sets the value.
     *
     * @return what it was before
     */
    double getAndSet(double value);

    /**
     * Sets the value if it is as expected.
     *
     * @return whether it was
     */
    boolean compareAndSet(double expected, double value);

    /**
     * Adds to the value.
     *
     * @return what it was before
     */
    double getAndAdd(double delta);

    /**
     * Adds to the value.
     *
     * @return what it is then
     */
    default double add(double delta) {
        return getAndAdd(delta) + delta;
    }

    /**
     * Adds 1.
     *
     * @return what it is then
     */
    default double increment() {
        return add(1);
    }

    /**
     * Takes 1 away.
     *
     * @return what it is then
     */
    default double decrement() {
        return add(-1);
    }

    /**
     * Sets the value to what a function makes of it. The function is called again when somebody else has changed the
     * value meanwhile, so it should do nothing else.
     *
     * @return what it is then
     */
    default double update(DoubleUnaryOperator function) {
        while (true) {
            double before = get();
            double after = function.applyAsDouble(before);
            if (compareAndSet(before, after)) {
                return after;
            }
        }
    }

    /**
     * The lock to hold while several operations must stay together: its own, an {@link RLock}, or the one it was made
     * with.
     *
     * @throws IllegalStateException if it was made {@linkplain SharedObjects#raw() raw}
     */
    Lock lock();

    /** The type and the value, as {@code DoubleValue[4.2]}. */
    @Override
    String toString();
}
