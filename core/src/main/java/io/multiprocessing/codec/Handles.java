package io.multiprocessing.codec;

import io.multiprocessing.SharedObject;
import java.io.InvalidObjectException;
import java.util.function.Function;

/**
 * Finds the objects that handles stand for: each kind of context says how, for those handles whose context's name begins
 * as it names its own.
 */
public final class Handles {
    /** Replaced as a whole. */
    private static volatile Kind[] kinds = {};

    private Handles() {}

    /** Sets how handles are resolved in this process whose context's name begins so. */
    public static synchronized void register(String prefix, Function<Handle, SharedObject> resolver) {
        Kind[] known = kinds;
        Kind[] more = new Kind[known.length + 1];
        more[0] = new Kind(prefix, resolver);
        System.arraycopy(known, 0, more, 1, known.length);
        kinds = more;
    }

    static SharedObject resolve(Handle handle) throws InvalidObjectException {
        for (Kind kind : kinds) {
            if (handle.context().startsWith(kind.prefix)) {
                return kind.resolver.apply(handle);
            }
        }
        throw new InvalidObjectException(
                "a handle of a shared object was read in a process that does not have its context, "
                        + handle.context());
    }

    /** Not a record: those cost a fresh JVM more. */
    private static final class Kind {
        final String prefix;
        final Function<Handle, SharedObject> resolver;

        Kind(String prefix, Function<Handle, SharedObject> resolver) {
            this.prefix = prefix;
            this.resolver = resolver;
        }
    }
}
