package io.multiprocessing;

import java.io.Serializable;

/**
 * What a worker of a {@link Pool} does with each input: a lambda, a method reference or an object of a serializable
 * class. It is sent once to each worker; what it captures is copied, but for {@linkplain SharedObject shared objects}.
 */
@FunctionalInterface
public interface RemoteFunction<T, R> extends Serializable {
    /** @throws Exception whatever goes wrong; who waits for the result gets it */
    R apply(T input) throws Exception;
}
