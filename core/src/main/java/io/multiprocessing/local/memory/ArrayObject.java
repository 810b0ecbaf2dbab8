package io.multiprocessing.local.memory;

import io.multiprocessing.SegmentException;
import io.multiprocessing.SharedObject;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.Words;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** Elements side by side, and their lock: the part of an array that does not depend on what the elements are. */
@SuppressWarnings("serial") // travels as a handle
abstract class ArrayObject<E> extends GuardedObject implements Iterable<E> {
    private static final int SHOWN_ELEMENTS = 100;

    private final int elementBytes;
    private final int length;
    private volatile boolean isClosed;

    ArrayObject(Home home, ObjectKind kind, Cell cell, int elementBytes) {
        super(home, kind, cell, ArrayCellLayout.ELEMENTS);
        this.elementBytes = elementBytes;
        long stored = Words.longPlain(memory, base + ArrayCellLayout.LENGTH);
        if (stored < 0
                || stored > Integer.MAX_VALUE
                || ArrayCellLayout.bytes((int) stored, elementBytes) > cell.bytes()) {
            throw new SegmentException("the shared array at " + cell.id() + " is damaged: it says it has " + stored
                    + " elements, in " + cell.bytes() + " bytes");
        }
        this.length = (int) stored;
    }

    public final int length() {
        checkOpen();
        return length;
    }

    public final MemorySegment segment() {
        checkOpen();
        return memory.asSlice(base + ArrayCellLayout.ELEMENTS, (long) length * elementBytes);
    }

    public final void close() {
        if (!isClosed) {
            isClosed = true;
            home.store().free(cell);
        }
    }

    final boolean isClosed() {
        return isClosed || home.isClosed();
    }

    @Override
    final void checkOpen() {
        if (isClosed) {
            throw new IllegalStateException("this " + typeName() + " is closed");
        }
        home.checkOpen();
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
    final MemorySegment openRange(int from, int to) {
        checkOpen();
        Objects.checkFromToIndex(from, to, length);
        return memory.asSlice(offset(from), (long) (to - from) * elementBytes);
    }

    /** Checks the bounds of a slice. */
    final void checkRange(int from, int to) {
        checkOpen();
        Objects.checkFromToIndex(from, to, length);
    }

    public abstract SharedObject slice(int from, int to);

    private long offset(int index) {
        return base + ArrayCellLayout.ELEMENTS + (long) index * elementBytes;
    }

    @Override
    public String toString() {
        return isClosed() ? typeName() + "[closed]" : text(this, length);
    }

    static String text(Iterable<?> elements, int length) {
        StringBuilder text = new StringBuilder("[");
        int shown = 0;
        for (Object element : elements) {
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
