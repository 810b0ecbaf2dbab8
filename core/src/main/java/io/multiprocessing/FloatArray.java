package io.multiprocessing;

import java.lang.foreign.MemorySegment;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * An array of {@code float} that processes share. Its length is fixed, and each access to one element is atomic,
 * as those of {@link IntArray}.
 *
 * <p>{@link #compareAndSet} compares bit by bit, as {@link Float#floatToRawIntBits} gives them: {@code 0.0f} is not
 * {@code -0.0f}, and a NaN equals a NaN of the same bits.
 *
 * <p>Thread and process safety, memory consistency effects, exceptions: as those of {@link IntArray}.
 *
 * <p>Crash effects: an access of a process that dies is done or not done, never half. When it dies while it copies or
 * fills many elements, any part of them is written.
 *
 * <p>Source: Python's {@code Array('f', …)}.
 */
public interface FloatArray extends SharedObject, Iterable<Float>, AutoCloseable {
    int length();

    float get(int index);

    void set(int index, float value);

    /**
     * Sets an element.
     *
     * @return what it was before
     */
    float getAndSet(int index, float value);

    /**
     * Sets an element if it is as expected.
     *
     * @return whether it was
     */
    boolean compareAndSet(int index, float expected, float value);

    /**
     * Adds to an element.
     *
     * @return what it was before
     */
    float getAndAdd(int index, float delta);

    /**
     * Adds to an element.
     *
     * @return what it is then
     */
    default float add(int index, float delta) {
        return getAndAdd(index, delta) + delta;
    }

    /**
     * Sets an element to what a function makes of it. The function is called again when somebody else has changed the
     * element meanwhile, so it should do nothing else.
     *
     * @return what it is then
     */
    default float update(int index, DoubleUnaryOperator function) {
        while (true) {
            float before = get(index);
            float after = (float) function.applyAsDouble(before);
            if (compareAndSet(index, before, after)) {
                return after;
            }
        }
    }

    /** Sets all elements to one value. */
    default void fill(float value) {
        fill(0, length(), value);
    }

    /** Sets the elements from one index, inclusive, to another, exclusive, to one value. */
    void fill(int from, int to, float value);

    /** Copies all elements. */
    default float[] toArray() {
        return toArray(0, length());
    }

    /** Copies the elements from one index, inclusive, to another, exclusive. */
    default float[] toArray(int from, int to) {
        Objects.checkFromToIndex(from, to, length());
        float[] elements = new float[to - from];
        copyTo(from, elements, 0, elements.length);
        return elements;
    }

    /** Sets as many elements as are given, from {@code index} on. */
    default void set(int index, float[] elements) {
        copyFrom(elements, 0, index, elements.length);
    }

    /**
     * Copies {@code count} elements of {@code source}, from {@code sourceIndex} on, to this array, from {@code index}
     * on.
     */
    void copyFrom(float[] source, int sourceIndex, int index, int count);

    /**
     * Copies {@code count} elements of this array, from {@code index} on, to {@code target}, from {@code targetIndex}
     * on.
     */
    void copyTo(int index, float[] target, int targetIndex, int count);

    /**
     * The elements from one index, inclusive, to another, exclusive, as an array of their own indexes: a view, whose
     * elements and lock are those of this array. It travels to other processes as a view. Closing it does nothing.
     */
    FloatArray slice(int from, int to);

    /** The elements as doubles; they are read as the stream comes to them. */
    default DoubleStream stream() {
        return IntStream.range(0, length()).mapToDouble(this::get);
    }

    /** A view of the elements as a list of fixed size: to set one sets it in the array. */
    default List<Float> asList() {
        return new ElementList<>(length(), this::get, this::getAndSet);
    }

    /** The elements in order; each is read when it is asked for. */
    @Override
    default Iterator<Float> iterator() {
        return asList().iterator();
    }

    /**
     * The memory of the elements, exactly: 4 bytes each, in native byte order, the first one on a multiple of 64 bytes
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
