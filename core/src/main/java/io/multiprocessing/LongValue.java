package io.multiprocessing;

import java.util.function.LongUnaryOperator;

/**
 * A {@code long} that processes share. Each operation is atomic by itself, as those of {@link IntValue}.
 *
 * <p>Thread and process safety, memory consistency effects: as those of {@link IntValue}.
 *
 * <p>Crash effects: an operation of a process that dies is done or not done, never half.
 *
 * <p>Source: Python's {@code Value('q', …)}, and {@code 'l'} where a C long has 64 bits.
 */
public interface LongValue extends SharedObject {
    long get();

    void set(long value);

    /**
     * Sets the value.
     *
     * @return what it was before
     */
    long getAndSet(long value);

    /**
     * Sets the value if it is as expected.
     *
     * @return whether it was
     */
    boolean compareAndSet(long expected, long value);

    /**
     * Adds to the value.
     *
     * @return what it was before
     */
    long getAndAdd(long delta);

    /**
     * Adds to the value.
     *
     * @return what it is then
     */
    default long add(long delta) {
        return getAndAdd(delta) + delta;
    }

    /**
     * Adds 1.
     *
     * @return what it is then
     */
    default long increment() {
        return add(1);
    }

    /**
     * Takes 1 away.
     *
     * @return what it is then
     */
    default long decrement() {
        return add(-1);
    }

    /**
     * Sets the value to what a function makes of it. The function is called again when somebody else has changed the
     * value meanwhile, so it should do nothing else.
     *
     * @return what it is then
     */
    default long update(LongUnaryOperator function) {
        while (true) {
            long before = get();
            long after = function.applyAsLong(before);
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

    /** The type and the value, as {@code LongValue[42]}. */
    @Override
    String toString();
}
