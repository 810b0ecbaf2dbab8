package io.multiprocessing.threads;

import io.multiprocessing.Context;
import io.multiprocessing.codec.Handle;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;

/**
 * A shared object as one process sees it, which is one thread or some. What is shared is a state beside it; what one
 * process does to its own handle, as closing it, stays here. It travels as a handle.
 */
@SuppressWarnings("serial") // its fields never go into a stream: writeReplace puts the handle there
abstract class TwinObject implements Handle.Source, Serializable {
    /** What a handle stands for: the object with this number, the part of an array that its offset describes, a list in a block. */
    static final int WHOLE = 0;

    static final int SLICE = 1;
    static final int LIST = 2;

    final TwinContext context;
    final long id;

    TwinObject(TwinContext context, long id) {
        this.context = context;
        this.id = id;
    }

    /** What users call this type. */
    abstract String typeName();

    @Override
    public final Context context() {
        return context;
    }

    final Space space() {
        return context.space();
    }

    /** @throws IllegalStateException if the object can't be used any more */
    void checkOpen() {
        context.checkOpen();
    }

    @Override
    public Handle handle() {
        return new Handle(space().id(), WHOLE, id, 0);
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
    @SuppressWarnings("ReferenceEquality") // a space is itself
    public boolean equals(Object other) {
        return other instanceof TwinObject that && id == that.id && space() == that.space();
    }

    @Override
    public int hashCode() {
        return Long.hashCode(id);
    }

    /** How a process that has not seen an object yet gets its own handle of it. */
    interface View {
        TwinObject of(TwinContext context, long id);
    }
}
