package io.multiprocessing.pool;

import io.multiprocessing.Context;
import io.multiprocessing.Pool;
import io.multiprocessing.PoolOptions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The pools of a context whose workers have not ended, whether somebody still has them or not. */
public final class OpenPools {
    private final Set<Dispatcher> pools = ConcurrentHashMap.newKeySet();

    /**
     * Starts a pool.
     *
     * @throws UnsupportedOperationException if memory is to be limited where nobody knows how much a process takes
     */
    public Pool start(Context context, PoolOptions options) {
        if (options.memoryLimit().isPresent() && !ResidentMemory.isKnown()) {
            throw new UnsupportedOperationException(
                    "a memory limit needs /proc, which tells how much memory a process takes; use heapLimit");
        }
        PoolOptions withoutListener = options.progress(nobody -> {}); // who may have the pool, see DroppedPool
        var dispatcher = new Dispatcher(context, withoutListener, pools::remove);
        dispatcher.start();
        pools.add(dispatcher);
        if (dispatcher.hasEnded()) {
            pools.remove(dispatcher);
        }
        var pool = new ProcessPool(options, dispatcher);
        DroppedPool.watch(pool, options, dispatcher);
        return pool;
    }

    /** Without a lambda: the class path may be gone, and where there is no pool its classes need not be loaded. */
    public void terminateAll() {
        for (Dispatcher pool : pools) {
            pool.terminate();
        }
    }
}
