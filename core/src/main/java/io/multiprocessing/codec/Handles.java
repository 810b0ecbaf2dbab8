package io.multiprocessing.codec;

import io.multiprocessing.SharedObject;
import java.io.InvalidObjectException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the objects that handles stand for; the runtime of the process says how. */
public final class Handles {
    private static volatile @Nullable Function<Handle, SharedObject> resolver;

    private Handles() {}

    /** Sets how handles are resolved in this process. */
    public static void setResolver(Function<Handle, SharedObject> newResolver) {
        resolver = newResolver;
    }

    static SharedObject resolve(Handle handle) throws InvalidObjectException {
        Function<Handle, SharedObject> known = resolver;
        if (known == null) {
            throw new InvalidObjectException("a handle of a shared object was read in a process that has no context");
        }
        return known.apply(handle);
    }
}
