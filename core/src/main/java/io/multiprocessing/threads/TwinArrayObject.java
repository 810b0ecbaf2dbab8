package io.multiprocessing.threads;

import io.multiprocessing.SharedObject;
import io.multiprocessing.codec.Handle;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An array or a part of one, which is an array of its own indexes: what does not depend on what the elements are.
 */
@SuppressWarnings("serial") // travels as a handle
abstract class TwinArrayObject<E> extends GuardedObject implements Iterable<E> {
    private static final int SHOWN_ELEMENTS = 100;

    final Elements elements;
    final MemorySegment memory;
    private final @Nullable TwinArrayObject<E> whole; // of which this is a part
    private final int from;
    private final int length;
    private volatile boolean closed;

    TwinArrayObject(TwinContext context, long id, Guard guard, Elements elements) {
        super(context, id, guard);
        this.elements = elements;
        this.memory = elements.memory();
        this.whole = null;
        this.from = 0;
        this.length = elements.length();
    }

    /** The part from one index to another, which must be there. */
    TwinArrayObject(TwinArrayObject<E> array, int from, int to) {
        super(array.context, array.id, array.guard);
        array.checkOpen();
        Objects.checkFromToIndex(from, to, array.length);
        this.elements = array.elements;
        this.memory = array.memory;
        this.whole = array.whole == null ? array : array.whole;
        this.from = array.from + from;
        this.length = to - from;
    }

    public abstract SharedObject slice(int start, int end);

    @Override
    final void checkOpen() {
        if (whole == null ? closed : whole.closed) {
            throw new IllegalStateException("this " + typeName() + " is closed");
        }
        context.checkOpen();
    }

    public final int length() {
        checkOpen();
        return length;
    }

    public final MemorySegment segment() {
        return openRange(0, length);
    }

    /** Of a part it does nothing: the memory is the array's. */
    public final void close() {
        if (whole == null && !closed) {
            closed = true;
            if (memory.byteSize() >= Elements.LARGE_BYTES && !context.isClosed()) {
                space().forget(id);
            }
        }
    }

    /** Where in {@link #memory} an element is, if it may be used. */
    final long openOffset(int index) {
        checkOpen();
        return offset(Objects.checkIndex(index, length));
    }

    /** Where in {@link #memory} some elements begin, if they may be used. */
    final long openOffset(int index, int count) {
        checkOpen();
        return offset(Objects.checkFromIndexSize(index, count, length));
    }

    /** The memory of the elements from one index to another, if they may be used. */
    final MemorySegment openRange(int start, int end) {
        checkOpen();
        Objects.checkFromToIndex(start, end, length);
        return memory.asSlice(offset(start), (long) (end - start) * elements.elementBytes());
    }

    private long offset(int index) {
        return (long) (from + index) * elements.elementBytes();
    }

    @Override
    public final Handle handle() {
        return whole == null
                ? super.handle()
                : new Handle(space().id(), SLICE, id, (long) from << Integer.SIZE | (from + length));
    }

    /** The part that the offset of a handle describes. */
    final SharedObject part(long bounds) {
        return slice((int) (bounds >>> Integer.SIZE), (int) bounds);
    }

    @Override
    public final boolean equals(Object other) {
        return super.equals(other)
                && other instanceof TwinArrayObject<?> that
                && from == that.from
                && length == that.length
                && (whole == null) == (that.whole == null);
    }

    @Override
    public final int hashCode() {
        return whole == null ? super.hashCode() : Objects.hash(id, from, length);
    }

    @Override
    public final String toString() {
        if (context.isClosed() || (whole == null ? closed : whole.closed)) {
            return typeName() + "[closed]";
        }
        StringBuilder text = new StringBuilder("[");
        int shown = 0;
        for (Object element : this) {
            if (shown > 0) {
                text.append(", ");
            }
            if (shown == SHOWN_ELEMENTS) {
                return text.append("… ").append(length).append(" elements]").toString();
            }
            text.append(element);
            shown++;
        }
        return text.append(']').toString();
    }
}
