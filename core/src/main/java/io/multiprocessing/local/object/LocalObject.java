package io.multiprocessing.local.object;

import io.multiprocessing.Context;
import io.multiprocessing.codec.Handle;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.CellId;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.lang.foreign.MemorySegment;

/** An object in shared memory: its home and its cell. It travels as a handle. */
@SuppressWarnings("serial") // its fields never go into a stream: writeReplace puts the handle there
public abstract class LocalObject implements Handle.Source, Serializable {
    protected final Home home;
    protected final Cell cell;
    protected final MemorySegment memory;
    protected final long base;
    private final ObjectKind kind;

    protected LocalObject(Home home, ObjectKind kind, Cell cell) {
        this.home = home;
        this.kind = kind;
        this.cell = cell;
        this.memory = cell.memory();
        this.base = cell.offset();
    }

    @Override
    public final Context context() {
        return home.context();
    }

    public final Home home() {
        return home;
    }

    public final ObjectKind kind() {
        return kind;
    }

    public final CellId id() {
        return cell.id();
    }

    @Override
    public final Handle handle() {
        home.remember(this); // it may come back
        return new Handle(
                home.contextId(), kind.number(), cell.id().segment(), cell.id().offset(), newTicket());
    }

    /** What keeps the object for whoever will read a handle that is written now; 0 if nothing has to. */
    protected int newTicket() {
        return 0;
    }

    /**
     * Whether a thread of this process is in the middle of changing the object, under a lock that guards nothing else. It
     * must not seem to be dead then: others would take the lock over, and change the object as well.
     */
    public boolean isBusy() {
        return false;
    }

    @Serial
    protected final Object writeReplace() {
        return handle();
    }

    @Serial
    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("a shared object travels as a handle");
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof LocalObject that
                && kind == that.kind
                && cell.id().equals(that.cell.id())
                && home.contextId().equals(that.home.contextId());
    }

    @Override
    public final int hashCode() {
        return cell.id().hashCode();
    }
}
