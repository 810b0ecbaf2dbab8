package io.multiprocessing;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;
import java.util.PrimitiveIterator;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * An array of {@code long} that processes share. Its length is fixed, and each access to one element is atomic,
 * as those of {@link IntArray}.
 *
 * <p>Thread and process safety, memory consistency effects, exceptions: as those of {@link IntArray}.
 *
 * <p>Crash effects: an access of a process that dies is done or not done, never half. When it dies while it copies or
 * fills many elements, any part of them is written.
 *
 * <p>Source: Python's {@code Array('q', …)}, and {@code 'l'} where a C long has 64 bits.
 */
public interface LongArray extends SharedObject, Iterable<Long>, AutoCloseable {
    int length();

    long get(int index);

    void set(int index, long value);

    /**
     * Sets an element.
     *
     * @return what it was before
     */
    long getAndSet(int index, long value);

    /**
     * Sets an element if it is as expected.
     *
     * @return whether it was
     */
    boolean compareAndSet(int index, long expected, long value);

    /**
     * Adds to an element.
     *
     * @return what it was before
     */
    long getAndAdd(int index, long delta);

    /**
     * Adds to an element.
     *
     * @return what it is then
     */
    default long add(int index, long delta) {
        return getAndAdd(index, delta) + delta;
    }

    /**
     * Sets an element to what a function makes of it. The function is called again when somebody else has changed the
     * element meanwhile, so it should do nothing else.
     *
     * @return what it is then
     */
    default long update(int index, LongUnaryOperator function) {
        while (true) {
            long before = get(index);
            long after = function.applyAsLong(before);
            if (compareAndSet(index, before, after)) {
                return after;
            }
        }
    }

    /** Sets all elements to one value. */
    default void fill(long value) {
        fill(0, length(), value);
    }

    /** Sets the elements from one index, inclusive, to another, exclusive, to one value. */
    void fill(int from, int to, long value);

    /** Copies all elements. */
    default long[] toArray() {
        return toArray(0, length());
    }

    /** Copies the elements from one index, inclusive, to another, exclusive. */
    default long[] toArray(int from, int to) {
        Objects.checkFromToIndex(from, to, length());
        long[] elements = new long[to - from];
        copyTo(from, elements, 0, elements.length);
        return elements;
    }

    /** Sets as many elements as are given, from {@code index} on. */
    default void set(int index, long[] elements) {
        copyFrom(elements, 0, index, elements.length);
    }

    /**
     * Copies {@code count} elements of {@code source}, from {@code sourceIndex} on, to this array, from {@code index}
     * on.
     */
    void copyFrom(long[] source, int sourceIndex, int index, int count);

    /**
     * Copies {@code count} elements of this array, from {@code index} on, to {@code target}, from {@code targetIndex}
     * on.
     */
    void copyTo(int index, long[] target, int targetIndex, int count);

    /**
     * The elements from one index, inclusive, to another, exclusive, as an array of their own indexes: a view, whose
     * elements and lock are those of this array. It travels to other processes as a view. Closing it does nothing.
     */
    LongArray slice(int from, int to);

    /** The elements; they are read as the stream comes to them. */
    default LongStream stream() {
        return IntStream.range(0, length()).mapToLong(this::get);
    }

    /** A view of the elements as a list of fixed size: to set one sets it in the array. */
    default List<Long> asList() {
        return new ElementList<>(length(), this::get, this::getAndSet);
    }

    /** The elements in order; each is read when it is asked for. */
    @Override
    default PrimitiveIterator.OfLong iterator() {
        return stream().iterator();
    }

    /**
     * The memory of the elements, exactly: 8 bytes each, in native byte order, the first one on a multiple of 64 bytes
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
