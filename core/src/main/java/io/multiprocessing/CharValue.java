package io.multiprocessing;

import java.util.function.UnaryOperator;

/**
 * A {@code char} that processes share. Each operation is atomic by itself, as those of {@link IntValue}.
 *
 * <p>Thread and process safety, memory consistency effects: as those of {@link IntValue}.
 *
 * <p>Crash effects: an operation of a process that dies is done or not done, never half.
 *
 * <p>Source: Python has {@code Value('c', …)}, of one byte, and {@code Value('u', …)}, of one code point; they are
 * here as {@link Value} of {@link Typecode#CHAR} and {@link Typecode#UNICODE}.
 */
public interface CharValue extends SharedObject {
    char get();

    void set(char value);

    /**
     * Sets the value.
     *
     * @return what it was before
     */
    char getAndSet(char value);

    /**
     * Sets the value if it is as expected.
     *
     * @return whether it was
     */
    boolean compareAndSet(char expected, char value);

    /**
     * Sets the value to what a function makes of it. The function is called again when somebody else has changed the
     * value meanwhile, so it should do nothing else.
     *
     * @return what it is then
     */
    default char update(UnaryOperator<Character> function) {
        while (true) {
            char before = get();
            char after = function.apply(before);
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

    /** The type and the value, as {@code CharValue[a]}. */
    @Override
    String toString();
}
