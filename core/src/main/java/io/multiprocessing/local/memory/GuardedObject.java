package io.multiprocessing.local.memory;

import io.multiprocessing.Lock;
import io.multiprocessing.SegmentException;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.LocalObject;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.CellId;
import io.multiprocessing.local.segment.SegmentStore;
import io.multiprocessing.local.segment.Words;
import org.jspecify.annotations.Nullable;

/** A value or an array, and the lock that guards it. */
@SuppressWarnings("serial") // travels as a handle
abstract class GuardedObject extends LocalObject {
    private volatile @Nullable Lock lock;

    GuardedObject(Home home, ObjectKind kind, Cell cell, long minimumBytes) {
        super(home, kind, cell);
        if (cell.bytes() < minimumBytes) {
            throw new SegmentException("the shared object at " + cell.id() + " is damaged: it has " + cell.bytes()
                    + " bytes, a " + kind + " has at least " + minimumBytes);
        }
    }

    /** Writes which lock a new object has; to be called by the initializer of its cell. */
    static void writeLocking(SegmentStore store, Cell cell, Locking locking) {
        long base = cell.offset();
        switch (locking) {
            case Locking.Raw() -> Words.setIntPlain(cell.memory(), base + GuardLayout.MODE, GuardLayout.RAW);
            case Locking.Own() -> {
                Words.setIntPlain(cell.memory(), base + GuardLayout.MODE, GuardLayout.OWN);
                store.embed(cell, GuardLayout.OWN_LOCK, ObjectKind.RLOCK.number(), GuardLayout.OWN_LOCK_BYTES);
            }
            case Locking.Given given -> {
                Words.setIntPlain(cell.memory(), base + GuardLayout.MODE, GuardLayout.GIVEN);
                LocalObject object = given.object();
                CellId id = object.id();
                Words.setIntPlain(
                        cell.memory(),
                        base + GuardLayout.GIVEN_KIND,
                        object.kind().number());
                Words.setLongPlain(cell.memory(), base + GuardLayout.GIVEN_SEGMENT, id.segment());
                Words.setLongPlain(cell.memory(), base + GuardLayout.GIVEN_OFFSET, id.offset());
            }
        }
    }

    /** What users call this type. */
    abstract String typeName();

    /** @throws IllegalStateException if the object can't be used any more */
    void checkOpen() {
        home.checkOpen();
    }

    public final Lock lock() {
        checkOpen();
        Lock known = lock;
        if (known == null) {
            known = findLock();
            lock = known;
        }
        return known;
    }

    /** Tells a new object the lock it was given: the handle that its maker has. */
    final void keepLock(Lock given) {
        lock = given;
    }

    private Lock findLock() {
        int mode = Words.intPlain(memory, base + GuardLayout.MODE);
        return switch (mode) {
            case GuardLayout.RAW ->
                throw new IllegalStateException(
                        "this " + typeName() + " was made raw and has no lock; only its single operations are atomic");
            case GuardLayout.OWN ->
                findLock(
                        ObjectKind.RLOCK,
                        new CellId(
                                cell.id().segment(), base + GuardLayout.OWN_LOCK + SegmentStore.EMBEDDED_HEADER_BYTES));
            case GuardLayout.GIVEN ->
                findLock(
                        ObjectKind.of(Words.intPlain(memory, base + GuardLayout.GIVEN_KIND)),
                        new CellId(
                                Words.longPlain(memory, base + GuardLayout.GIVEN_SEGMENT),
                                Words.longPlain(memory, base + GuardLayout.GIVEN_OFFSET)));
            default ->
                throw new SegmentException(
                        "the shared object at " + cell.id() + " is damaged: it has lock mode " + mode);
        };
    }

    private Lock findLock(ObjectKind kind, CellId id) {
        if (home.resolve(kind, id) instanceof Lock found) {
            return found;
        }
        throw new SegmentException("the shared object at " + cell.id() + " is damaged: its lock is a " + kind);
    }
}
