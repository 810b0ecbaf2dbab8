package io.multiprocessing;

import java.io.Serializable;

/** As {@link RemoteFunction}, for inputs that are pairs. */
@FunctionalInterface
public interface RemoteBiFunction<T, U, R> extends Serializable {
    /** @throws Exception whatever goes wrong; who waits for the result gets it */
    R apply(T first, U second) throws Exception;
}
