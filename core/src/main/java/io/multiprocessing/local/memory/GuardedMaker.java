package io.multiprocessing.local.memory;

import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.Maker;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.Words;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Makes values and arrays: their cells, with what {@link GuardLayout} says at the start, and the objects for them. What
 * {@code creation} and {@code initializer} write into the cell is there before anyone can know of it.
 */
final class GuardedMaker {
    private static final char NO_TYPECODE = 0;

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

    <V extends ValueObject> V value(
            ObjectKind kind, Class<V> type, BiFunction<Home, Cell, V> creation, Consumer<V> initializer) {
        return value(kind, NO_TYPECODE, type, creation(creation, initializer));
    }

    <V extends ValueObject> V value(ObjectKind kind, char typecode, Class<V> type, Function<Cell, V> creation) {
        return make(kind, typecode, type, ValueCellLayout.BYTES, cell -> {}, creation);
    }

    <A extends ArrayObject<?>> A array(
            ObjectKind kind,
            Class<A> type,
            int elementBytes,
            int length,
            BiFunction<Home, Cell, A> creation,
            Consumer<A> initializer) {
        return array(kind, NO_TYPECODE, type, elementBytes, length, creation(creation, initializer));
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

    private <T> Function<Cell, T> creation(BiFunction<Home, Cell, T> creation, Consumer<T> initializer) {
        return cell -> {
            T object = creation.apply(home, cell);
            initializer.accept(object);
            return object;
        };
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
