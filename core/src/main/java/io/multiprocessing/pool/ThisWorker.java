package io.multiprocessing.pool;

import io.multiprocessing.PoolWorker;
import org.jspecify.annotations.Nullable;

/**
 * The worker that a thread belongs to, as tasks see it.
 *
 * @param pool whose it is, see {@link Post#pool}
 * @param made by {@link io.multiprocessing.PoolOptions#state}; null if nothing was
 */
record ThisWorker(long pool, int number, @Nullable Object made) implements PoolWorker {
    @Override
    public <S> S state(Class<S> type) {
        if (made == null) {
            throw new IllegalStateException(
                    "this worker has no state: PoolOptions.state(…) was not said, or what it was given has made null");
        }
        return type.cast(made);
    }
}
