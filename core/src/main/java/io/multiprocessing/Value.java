package io.multiprocessing;

import java.util.function.UnaryOperator;

/**
 * A value of one of Python's {@linkplain Typecode typecodes} that processes share. Each operation is atomic by itself,
 * as those of {@link IntValue}; this one makes objects of its values, so where speed counts take {@link IntValue} and
 * its likes.
 *
 * <p>What is set is {@linkplain Typecode#convert converted}: {@code mp.value('q', 0)} takes an {@link Integer} and
 * gives a {@link Long}.
 *
 * <p>Thread and process safety, memory consistency effects: as those of {@link IntValue}.
 *
 * <p>Crash effects: an operation of a process that dies is done or not done, never half.
 *
 * <p>Source: Python's {@code Value(typecode, …)}.
 *
 * @param <T> what the values are
 */
public interface Value<T> extends SharedObject {
    Typecode<T> typecode();

    T get();

    /** @throws IllegalArgumentException if the value does not fit the type; the message says what would */
    void set(T value);

    /**
     * Sets the value.
     *
     * @return what it was before
     * @throws IllegalArgumentException if the value does not fit the type; the message says what would
     */
    T getAndSet(T value);

    /**
     * Sets the value if it is as expected, bit by bit: {@code 0.0} is not {@code -0.0}.
     *
     * @return whether it was
     * @throws IllegalArgumentException if one of them does not fit the type; the message says what would
     */
    boolean compareAndSet(T expected, T value);

    /**
     * Adds to the value.
     *
     * @return what it is then
     * @throws IllegalArgumentException if the sum does not fit the type, or a whole number is asked for; the message says what
     *     would
     * @throws UnsupportedOperationException if the typecode is {@code c} or {@code u}
     */
    default T add(Number delta) {
        return update(before -> typecode().sum(before, delta));
    }

    /**
     * Sets the value to what a function makes of it. The function is called again when somebody else has changed the
     * value meanwhile, so it should do nothing else.
     *
     * @return what it is then
     * @throws IllegalArgumentException if the new value does not fit the type; the message says what would
     */
    default T update(UnaryOperator<T> function) {
        while (true) {
            T before = get();
            T after = typecode().convert(function.apply(before));
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

    /** The typecode and the value, as {@code Value[i, 42]}. */
    @Override
    String toString();
}
