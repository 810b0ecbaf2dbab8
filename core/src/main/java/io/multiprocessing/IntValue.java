package io.multiprocessing;

import java.util.function.IntUnaryOperator;

/**
 * An {@code int} that processes share.
 *
 * <p>Each operation is atomic by itself and needs no lock. What one call reads and another call writes belongs together
 * only under the lock, if everybody who writes holds it:
 *
 * <p>{@snippet :
 * try (var _ = balance.lock().hold()) {
 *     if (balance.get() >= amount) {
 *         balance.add(-amount);
 *     }
 * }
 * }
 *
 * <p>Thread and process safety: all methods may be called from any thread of any process, and none of them blocks. All
 * of them throw {@link IllegalStateException} when the context is closed in this process.
 *
 * <p>Memory consistency effects: every operation is a volatile access, between processes as well as between threads:
 * who reads a value sees what its writer had written to shared objects before.
 *
 * <p>Crash effects: an operation of a process that dies is done or not done, never half. What happens to a lock whose
 * holder dies says {@link Lock}.
 *
 * <p>Source: Python's {@code Value('i', …)}. There, {@code value += 1} is not atomic; {@link #increment()} is.
 */
public interface IntValue extends SharedObject {
    int get();

    void set(int value);

    /**
     * Sets the value.
     *
     * @return what it was before
     */
    int getAndSet(int value);

    /**
     * Sets the value if it is as expected.
     *
     * @return whether it was
     */
    boolean compareAndSet(int expected, int value);

    /**
     * Adds to the value.
     *
     * @return what it was before
     */
    int getAndAdd(int delta);

    /**
     * Adds to the value.
     *
     * @return what it is then
     */
    default int add(int delta) {
        return getAndAdd(delta) + delta;
    }

    /**
     * Adds 1.
     *
     * @return what it is then
     */
    default int increment() {
        return add(1);
    }

    /**
     * Takes 1 away.
     *
     * @return what it is then
     */
    default int decrement() {
        return add(-1);
    }

    /**
     * Sets the value to what a function makes of it. The function is called again when somebody else has changed the
     * value meanwhile, so it should do nothing else.
     *
     * @return what it is then
     */
    default int update(IntUnaryOperator function) {
        while (true) {
            int before = get();
            int after = function.applyAsInt(before);
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

    /** The type and the value, as {@code IntValue[42]}. */
    @Override
    String toString();
}
