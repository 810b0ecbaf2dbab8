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
            throw new IllegalStateException("the pool has no worker state; say PoolOptions.state(…)");
        }
        return type.cast(made);
    }
}
