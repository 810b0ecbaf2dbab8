package io.multiprocessing;

import java.util.function.IntUnaryOperator;

/**
 * A {@code short} that processes share. Each operation is atomic by itself, as those of {@link IntValue}.
 *
 * <p>Arithmetic is done as by {@code +=}: of the result the lower 16 bits are kept.
 *
 * <p>Thread and process safety, memory consistency effects: as those of {@link IntValue}.
 *
 * <p>Crash effects: an operation of a process that dies is done or not done, never half.
 *
 * <p>Source: Python's {@code Value('h', …)}.
 */
public interface ShortValue extends SharedObject {
    short get();

    void set(short value);

    /**
     * Sets the value.
     *
     * @return what it was before
     */
    short getAndSet(short value);

    /**
     * Sets the value if it is as expected.
     *
     * @return whether it was
     */
    boolean compareAndSet(short expected, short value);

    /**
     * Adds to the value.
     *
     * @return what it was before
     */
    short getAndAdd(int delta);

    /**
     * Adds to the value.
     *
     * @return what it is then
     */
    default short add(int delta) {
        return (short) (getAndAdd(delta) + delta);
    }

    /**
     * Adds 1.
     *
     * @return what it is then
     */
    default short increment() {
        return add(1);
    }

    /**
     * Takes 1 away.
     *
     * @return what it is then
     */
    default short decrement() {
        return add(-1);
    }

    /**
     * Sets the value to what a function makes of it. The function is called again when somebody else has changed the
     * value meanwhile, so it should do nothing else.
     *
     * @return what it is then
     */
    default short update(IntUnaryOperator function) {
        while (true) {
            short before = get();
            short after = (short) function.applyAsInt(before);
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

    /** The type and the value, as {@code ShortValue[42]}. */
    @Override
    String toString();
}
