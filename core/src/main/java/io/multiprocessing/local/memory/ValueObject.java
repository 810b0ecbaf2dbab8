package io.multiprocessing.local.memory;

import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.Cell;

/** One word and its lock. */
@SuppressWarnings("serial") // travels as a handle
abstract class ValueObject extends GuardedObject {
    private final long valueOffset;

    ValueObject(Home home, ObjectKind kind, Cell cell) {
        super(home, kind, cell, ValueCellLayout.BYTES);
        this.valueOffset = base + ValueCellLayout.VALUE;
    }

    /** Where in {@link #memory} the value is, if it may be used. */
    final long openOffset() {
        home.checkOpen();
        return valueOffset;
    }

    /** The value as an object. */
    abstract Object boxed();

    @Override
    public String toString() {
        return typeName() + "[" + (home.isClosed() ? "closed" : boxed()) + "]";
    }
}
