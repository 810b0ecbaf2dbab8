package io.multiprocessing;

import java.util.function.DoubleUnaryOperator;

/**
 * A {@code float} that processes share. Each operation is atomic by itself, as those of {@link IntValue}.
 *
 * <p>{@link #compareAndSet} compares bit by bit, as {@link Float#floatToRawIntBits} gives them: {@code 0.0f} is not
 * {@code -0.0f}, and a NaN equals a NaN of the same bits.
 *
 * <p>Thread and process safety, memory consistency effects: as those of {@link IntValue}.
 *
 * <p>Crash effects: an operation of a process that dies is done or not done, never half.
 *
 * <p>Source: Python's {@code Value('f', …)}.
 */
public interface FloatValue extends SharedObject {
    float get();

    void set(float value);

    /**
     * Sets the value.
     *
     * @return what it was before
     */
    float getAndSet(float value);

    /**
     * Sets the value if it is as expected.
     *
     * @return whether it was
     */
    boolean compareAndSet(float expected, float value);

    /**
     * Adds to the value.
     *
     * @return what it was before
     */
    float getAndAdd(float delta);

    /**
     * Adds to the value.
     *
     * @return what it is then
     */
    default float add(float delta) {
        return getAndAdd(delta) + delta;
    }

    /**
     * Adds 1.
     *
     * @return what it is then
     */
    default float increment() {
        return add(1);
    }

    /**
     * Takes 1 away.
     *
     * @return what it is then
     */
    default float decrement() {
        return add(-1);
    }

    /**
     * Sets the value to what a function makes of it. The function is called again when somebody else has changed the
     * value meanwhile, so it should do nothing else.
     *
     * @return what it is then
     */
    default float update(DoubleUnaryOperator function) {
        while (true) {
            float before = get();
            float after = (float) function.applyAsDouble(before);
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

    /** The type and the value, as {@code FloatValue[4.2]}. */
    @Override
    String toString();
}
