package io.multiprocessing.codec;

import io.multiprocessing.SharedObject;
import java.io.ObjectStreamException;
import java.io.Serial;
import java.io.Serializable;

/**
 * What travels in place of a shared object: who can find it, and where.
 *
 * @param context which context it belongs to, as its kind of context names it
 * @param kind what it is
 * @param segment where it lies
 * @param offset where it lies there
 * @param ticket what keeps the object for whoever will read the handle, who gives it back; 0 if nothing has to
 */
public record Handle(String context, int kind, long segment, long offset, int ticket) implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The handle of an object that nothing has to keep. */
    public Handle(String context, int kind, long segment, long offset) {
        this(context, kind, segment, offset, 0);
    }

    /** Java serialization gives the object itself to whoever reads the handle. */
    @Serial
    private Object readResolve() throws ObjectStreamException {
        return Handles.resolve(this);
    }

    /** An object that travels as a handle. */
    public interface Source extends SharedObject {
        Handle handle();
    }
}
