package io.multiprocessing.local.memory;

import io.multiprocessing.Context;
import io.multiprocessing.Lock;
import io.multiprocessing.SharedObject;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** A part of an array: what does not depend on what the elements are. It travels as its array and its bounds. */
@SuppressWarnings("serial") // its fields never go into a stream: writeReplace puts its bounds there
abstract class ArraySlice<A extends ArrayObject<E>, E> implements SharedObject, Iterable<E>, Serializable {
    final A array;
    final int from;
    private final int length;

    ArraySlice(A array, int from, int to) {
        array.checkRange(from, to);
        this.array = array;
        this.from = from;
        this.length = to - from;
    }

    @Override
    public final Context context() {
        return array.context();
    }

    public final int length() {
        array.checkOpen();
        return length;
    }

    public final MemorySegment segment() {
        return array.openRange(from, from + length);
    }

    public final Lock lock() {
        return array.lock();
    }

    /** The memory is the array's. */
    public final void close() {}

    /** What index an element of this has in the array. */
    final int inArray(int index) {
        return from + Objects.checkIndex(index, length);
    }

    /** What index some elements of this begin with in the array. */
    final int inArray(int index, int count) {
        return from + Objects.checkFromIndexSize(index, count, length);
    }

    /** What index the elements from one index to another of this begin with in the array. */
    final int rangeInArray(int start, int end) {
        return from + Objects.checkFromToIndex(start, end, length);
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof ArraySlice<?, ?> that
                && from == that.from
                && length == that.length
                && array.equals(that.array);
    }

    @Override
    public final int hashCode() {
        return Objects.hash(array, from, length);
    }

    @Override
    public final String toString() {
        return array.isClosed() ? array.typeName() + "[closed]" : ArrayObject.text(this, length);
    }

    @Serial
    protected final Object writeReplace() {
        return new Travelling(array, from, from + length);
    }

    @Serial
    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("a slice travels as its array and its bounds");
    }

    private record Travelling(ArrayObject<?> array, int from, int to) implements Serializable {
        @Serial
        private Object readResolve() throws InvalidObjectException {
            if (from < 0 || from > to || to > array.length()) {
                throw new InvalidObjectException(
                        "a slice from " + from + " to " + to + " of an array of " + array.length() + " elements");
            }
            return array.slice(from, to);
        }
    }
}
