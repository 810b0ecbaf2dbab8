package io.multiprocessing;

import io.multiprocessing.spi.CurrentWorker;
import java.util.Optional;

/** A worker of a {@link Pool}, as the tasks that run in it see it. */
public interface PoolWorker {
    /**
     * The worker that runs the calling thread, or from which that thread was started; empty outside of pools. Thread and
     * process safety: may be called anywhere.
     */
    static Optional<PoolWorker> current() {
        return Optional.ofNullable(CurrentWorker.get());
    }

    /** Its place in the pool, from 0. A worker that takes the place of a dead one has the same number. */
    int number();

    /**
     * What {@link PoolOptions#state} made when the worker began.
     *
     * @throws IllegalStateException if the pool has no such option
     * @throws ClassCastException if it is something else
     */
    <S> S state(Class<S> type);
}
