package io.multiprocessing;

import java.lang.foreign.MemorySegment;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * An array of {@code char} that processes share. Its length is fixed, and each access to one element is atomic,
 * as those of {@link IntArray}.
 *
 * <p>Thread and process safety, memory consistency effects, exceptions: as those of {@link IntArray}.
 *
 * <p>Crash effects: an access of a process that dies is done or not done, never half. When it dies while it copies or
 * fills many elements, any part of them is written.
 *
 * <p>Source: Python has {@code Array('c', …)}, of one byte each, and {@code Array('u', …)}, of one code point each;
 * they are here as {@link Array} of {@link Typecode#CHAR} and {@link Typecode#UNICODE}.
 */
public interface CharArray extends SharedObject, Iterable<Character>, AutoCloseable {
    int length();

    char get(int index);

    void set(int index, char value);

    /**
     * Sets an element.
     *
     * @return what it was before
     */
    char getAndSet(int index, char value);

    /**
     * Sets an element if it is as expected.
     *
     * @return whether it was
     */
    boolean compareAndSet(int index, char expected, char value);

    /**
     * Sets an element to what a function makes of it. The function is called again when somebody else has changed the
     * element meanwhile, so it should do nothing else.
     *
     * @return what it is then
     */
    default char update(int index, UnaryOperator<Character> function) {
        while (true) {
            char before = get(index);
            char after = function.apply(before);
            if (compareAndSet(index, before, after)) {
                return after;
            }
        }
    }

    /** Sets all elements to one value. */
    default void fill(char value) {
        fill(0, length(), value);
    }

    /** Sets the elements from one index, inclusive, to another, exclusive, to one value. */
    void fill(int from, int to, char value);

    /** Copies all elements. */
    default char[] toArray() {
        return toArray(0, length());
    }

    /** Copies the elements from one index, inclusive, to another, exclusive. */
    default char[] toArray(int from, int to) {
        Objects.checkFromToIndex(from, to, length());
        char[] elements = new char[to - from];
        copyTo(from, elements, 0, elements.length);
        return elements;
    }

    /** Sets as many elements as are given, from {@code index} on. */
    default void set(int index, char[] elements) {
        copyFrom(elements, 0, index, elements.length);
    }

    /**
     * Copies {@code count} elements of {@code source}, from {@code sourceIndex} on, to this array, from {@code index}
     * on.
     */
    void copyFrom(char[] source, int sourceIndex, int index, int count);

    /**
     * Copies {@code count} elements of this array, from {@code index} on, to {@code target}, from {@code targetIndex}
     * on.
     */
    void copyTo(int index, char[] target, int targetIndex, int count);

    /**
     * The elements from one index, inclusive, to another, exclusive, as an array of their own indexes: a view, whose
     * elements and lock are those of this array. It travels to other processes as a view. Closing it does nothing.
     */
    CharArray slice(int from, int to);

    /**
     * The elements as ints, as {@link CharSequence#chars()} gives those of a text; they are read as the stream comes to
     * them.
     */
    default IntStream stream() {
        return IntStream.range(0, length()).map(this::get);
    }

    /** A view of the elements as a list of fixed size: to set one sets it in the array. */
    default List<Character> asList() {
        return new ElementList<>(length(), this::get, this::getAndSet);
    }

    /** The elements in order; each is read when it is asked for. */
    @Override
    default Iterator<Character> iterator() {
        return asList().iterator();
    }

    /**
     * The memory of the elements, exactly: 2 bytes each, in native byte order, the first one on a multiple of 64 bytes
     * unless this is a {@linkplain #slice slice}. Accesses go straight to the shared memory. It may be used until the
     * array or the context is closed, and not after that.
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
