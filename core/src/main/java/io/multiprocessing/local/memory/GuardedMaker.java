package io.multiprocessing.local.memory;

import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.Maker;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.Words;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Makes values and arrays: their cells, with what {@link GuardLayout} says at the start, and the objects for them. What
 * {@code creation} writes into the cell is there before anyone can know of it.
 */
final class GuardedMaker {
    static final char NO_TYPECODE = 0;

    private final Home home;
    private final Maker maker;
    private final Locking locking;

    /** @throws IllegalArgumentException if the lock that is given belongs to another context */
    GuardedMaker(Home home, Maker maker, Locking locking) {
        if (locking instanceof Locking.Given given
                && !given.object().home().contextId().equals(home.contextId())) {
            throw new IllegalArgumentException("the lock " + given.lock() + " belongs to another context");
        }
        this.home = home;
        this.maker = maker;
        this.locking = locking;
    }

    <V extends ValueObject> V value(ObjectKind kind, char typecode, Class<V> type, Function<Cell, V> creation) {
        return make(kind, typecode, type, ValueCellLayout.BYTES, cell -> {}, creation);
    }

    /** @throws IllegalArgumentException if the length is negative, or that of the array of that name is another */
    <A extends ArrayObject<?>> A array(
            ObjectKind kind, char typecode, Class<A> type, int elementBytes, int length, Function<Cell, A> creation) {
        if (length < 0) {
            throw new IllegalArgumentException("an array can't have a negative length, as " + length + " is");
        }
        A array = make(
                kind,
                typecode,
                type,
                ArrayCellLayout.bytes(length, elementBytes),
                cell -> Words.setLongPlain(cell.memory(), cell.offset() + ArrayCellLayout.LENGTH, length),
                creation);
        if (array.length() != length) {
            throw new IllegalArgumentException(
                    "there is one of that name, of length " + array.length() + ", not " + length);
        }
        return array;
    }

    private <T extends GuardedObject> T make(
            ObjectKind kind,
            char typecode,
            Class<T> type,
            long bytes,
            Consumer<Cell> initializer,
            Function<Cell, T> creation) {
        home.checkOpen();
        return maker.make(kind, type, () -> {
            Cell cell = home.store().allocate(kind.number(), bytes, made -> {
                Words.setIntPlain(made.memory(), made.offset() + GuardLayout.TYPECODE, typecode);
                GuardedObject.writeLocking(home.store(), made, locking);
                initializer.accept(made);
            });
            T object = creation.apply(cell);
            if (locking instanceof Locking.Given given) {
                object.keepLock(given.lock());
            }
            return object;
        });
    }
}
