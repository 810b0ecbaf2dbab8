package io.multiprocessing;

import java.io.Serializable;
import java.util.concurrent.Callable;

/**
 * What a worker of a {@link Pool} does, with a result: a {@link Callable} that can be sent. A lambda that is given to the
 * pool becomes one. What it captures is copied, but for {@linkplain SharedObject shared objects}.
 */
@FunctionalInterface
public interface RemoteCallable<V> extends Callable<V>, Serializable {}
