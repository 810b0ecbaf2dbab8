package io.multiprocessing;

import java.util.function.IntUnaryOperator;

/**
 * A {@code byte} that processes share. Each operation is atomic by itself, as those of {@link IntValue}.
 *
 * <p>Arithmetic is done as by {@code +=}: of the result the lower 8 bits are kept.
 *
 * <p>Thread and process safety, memory consistency effects: as those of {@link IntValue}.
 *
 * <p>Crash effects: an operation of a process that dies is done or not done, never half.
 *
 * <p>Source: Python's {@code Value('b', …)}.
 */
public interface ByteValue extends SharedObject {
    byte get();

    void set(byte value);

    /**
     * Sets the value.
     *
     * @return what it was before
     */
    byte getAndSet(byte value);

    /**
     * Sets the value if it is as expected.
     *
     * @return whether it was
     */
    boolean compareAndSet(byte expected, byte value);

    /**
     * Adds to the value.
     *
     * @return what it was before
     */
    byte getAndAdd(int delta);

    /**
     * Adds to the value.
     *
     * @return what it is then
     */
    default byte add(int delta) {
        return (byte) (getAndAdd(delta) + delta);
    }

    /**
     * Adds 1.
     *
     * @return what it is then
     */
    default byte increment() {
        return add(1);
    }

    /**
     * Takes 1 away.
     *
     * @return what it is then
     */
    default byte decrement() {
        return add(-1);
    }

    /**
     * Sets the value to what a function makes of it. The function is called again when somebody else has changed the
     * value meanwhile, so it should do nothing else.
     *
     * @return what it is then
     */
    default byte update(IntUnaryOperator function) {
        while (true) {
            byte before = get();
            byte after = (byte) function.applyAsInt(before);
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

    /** The type and the value, as {@code ByteValue[42]}. */
    @Override
    String toString();
}
