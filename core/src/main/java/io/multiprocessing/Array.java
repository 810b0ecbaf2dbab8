package io.multiprocessing;

import java.lang.foreign.MemorySegment;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * An array of one of Python's {@linkplain Typecode typecodes} that processes share. Its length is fixed, and each
 * access to one element is atomic, as those of {@link IntArray}. This one makes objects of its elements, so where speed
 * counts take {@link IntArray} and its likes, or {@link #segment()}.
 *
 * <p>What is set is {@linkplain Typecode#convert converted}: {@code mp.array('q', 3)} takes an {@link Integer} and
 * gives a {@link Long}.
 *
 * <p>Arrays of the typecodes {@code c} and {@code u} are also texts. A text that is shorter than its array ends with a
 * zero, as in C.
 *
 * <p>Thread and process safety, memory consistency effects, exceptions: as those of {@link IntArray}. The methods on
 * texts and lists go through many elements; hold {@link #lock()} where others write.
 *
 * <p>Crash effects: an access of a process that dies is done or not done, never half. When it dies while it writes many
 * elements, any part of them is written.
 *
 * <p>Source: Python's {@code Array(typecode, …)}.
 *
 * @param <T> what the elements are
 */
public interface Array<T> extends SharedObject, Iterable<T>, AutoCloseable {
    Typecode<T> typecode();

    int length();

    T get(int index);

    /** @throws IllegalArgumentException if the value does not fit the type; the message says what would */
    void set(int index, T value);

    /**
     * Sets an element.
     *
     * @return what it was before
     * @throws IllegalArgumentException if the value does not fit the type; the message says what would
     */
    T getAndSet(int index, T value);

    /**
     * Sets an element if it is as expected, bit by bit: {@code 0.0} is not {@code -0.0}.
     *
     * @return whether it was
     * @throws IllegalArgumentException if one of them does not fit the type; the message says what would
     */
    boolean compareAndSet(int index, T expected, T value);

    /**
     * Adds to an element.
     *
     * @return what it is then
     * @throws IllegalArgumentException if the sum does not fit the type, or a whole number is asked for; the message says what
     *     would
     * @throws UnsupportedOperationException if the typecode is {@code c} or {@code u}
     */
    default T add(int index, Number delta) {
        return update(index, before -> typecode().sum(before, delta));
    }

    /**
     * Sets an element to what a function makes of it. The function is called again when somebody else has changed the
     * element meanwhile, so it should do nothing else.
     *
     * @return what it is then
     * @throws IllegalArgumentException if the new value does not fit the type; the message says what would
     */
    default T update(int index, UnaryOperator<T> function) {
        while (true) {
            T before = get(index);
            T after = typecode().convert(function.apply(before));
            if (compareAndSet(index, before, after)) {
                return after;
            }
        }
    }

    /**
     * Sets all elements to one value.
     *
     * @throws IllegalArgumentException if the value does not fit the type; the message says what would
     */
    default void fill(T value) {
        fill(0, length(), value);
    }

    /**
     * Sets the elements from one index, inclusive, to another, exclusive, to one value.
     *
     * @throws IllegalArgumentException if the value does not fit the type; the message says what would
     */
    void fill(int from, int to, T value);

    /** Copies all elements. */
    default List<T> toList() {
        return toList(0, length());
    }

    /** Copies the elements from one index, inclusive, to another, exclusive. */
    default List<T> toList(int from, int to) {
        Objects.checkFromToIndex(from, to, length());
        return List.copyOf(asList().subList(from, to));
    }

    /**
     * Sets as many elements as are given, from {@code index} on; all of them or, if it throws, none.
     *
     * @throws IllegalArgumentException if an element does not fit the type; the message names it and its index
     */
    void setAll(int index, Iterable<? extends T> elements);

    /**
     * The elements from one index, inclusive, to another, exclusive, as an array of their own indexes: a view, whose
     * elements and lock are those of this array. It travels to other processes as a view. Closing it does nothing.
     */
    Array<T> slice(int from, int to);

    /** The elements; they are read as the stream comes to them. */
    default Stream<T> stream() {
        return asList().stream();
    }

    /** A view of the elements as a list of fixed size: to set one sets it in the array. */
    default List<T> asList() {
        return new ElementList<>(length(), this::get, this::getAndSet);
    }

    /** The elements in order; each is read when it is asked for. */
    @Override
    default Iterator<T> iterator() {
        return asList().iterator();
    }

    /**
     * The text up to the first zero, or all of it if there is none. Source: Python's {@code value}.
     *
     * @throws UnsupportedOperationException if the typecode is not {@code c} or {@code u}
     */
    String text();

    /**
     * The text with all elements, zeros too. Source: Python's {@code raw}.
     *
     * @throws UnsupportedOperationException if the typecode is not {@code c} or {@code u}
     */
    String rawText();

    /**
     * Writes a text, and a zero behind it if there is room; what comes after that stays as it is.
     *
     * @throws IllegalArgumentException if the text is longer than the array, or holds a character that the type does
     *     not; nothing is written then
     * @throws UnsupportedOperationException if the typecode is not {@code c} or {@code u}
     */
    void setText(String text);

    /**
     * The memory of the elements, exactly: {@link Typecode#bytes()} each, in native byte order, the first one on a
     * multiple of 64 bytes unless this is a {@linkplain #slice slice}. Accesses go straight to the shared memory. It
     * may be used until the array or the context is closed, and not after that.
     *
     * @throws UnsupportedOperationException if the context does not keep its data in memory
     */
    MemorySegment segment();

    /**
     * The lock to hold while several operations must stay together: its own, an {@link RLock}, or the one it was made
     * with.
     *
     * @throws IllegalStateException if it was made {@linkplain SharedObjects#raw() raw}
     */
    Lock lock();

    /**
     * Gives the array up in this process: the array, its slices and a lock of its own can't be used here any more. If
     * it is large, its memory is freed before the context is closed, as soon as no process uses it any longer: those
     * that have used it keep it until they close it too or end, others do not find it. Closing again does nothing.
     */
    @Override
    void close();

    /** The elements, as {@code [1, 2, 3]}; of more than 100 the first 100 and the length. */
    @Override
    String toString();
}
