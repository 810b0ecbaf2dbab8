package io.multiprocessing.manager;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;

/** A proxy that is equal to the proxies of the same object. */
@SuppressWarnings("serial") // its fields never go into a stream: writeReplace puts the handle there
abstract class ObjectProxy implements ManagedProxy, Serializable {
    private final Core core;

    ObjectProxy(Core core) {
        this.core = core;
    }

    @Override
    public final Core core() {
        return core;
    }

    @Serial
    protected final Object writeReplace() {
        return handle();
    }

    @Serial
    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("a proxy travels as a handle");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ManagedProxy that && core.equals(that.core());
    }

    @Override
    public int hashCode() {
        return core.hashCode();
    }
}
