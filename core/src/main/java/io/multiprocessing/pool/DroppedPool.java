package io.multiprocessing.pool;

import io.multiprocessing.PoolOptions;

/**
 * A pool that nobody has any more, and that was not closed: its workers are ended, and the log says once which one it was.
 *
 * <p>That can be seen because nothing a pool works with has the {@link ProcessPool} itself, neither the context nor the
 * {@link Dispatcher} and its thread, nor whom the user has told to listen to its progress. Each {@link Job} has it until it is done, so a pool is in use while somebody waits for
 * a result, and what was submitted is done.
 *
 * <p>Source: the {@code ResourceWarning} of Python's {@code Pool}, whose results hold their pool as well (gh-79559).
 */
final class DroppedPool implements Runnable {
    private final int size;
    private final String workerName;
    private final Dispatcher dispatcher;
    private final Throwable origin = new Throwable("the pool was made here");

    private DroppedPool(PoolOptions options, Dispatcher dispatcher) {
        this.size = options.size();
        this.workerName = options.workerName();
        this.dispatcher = dispatcher;
    }

    /** Has something done when nobody has the pool any more. */
    static void watch(ProcessPool pool, PoolOptions options, Dispatcher dispatcher) {
        Cleaning.CLEANER.register(pool, new DroppedPool(options, dispatcher));
    }

    @Override
    public void run() {
        if (dispatcher.isShutDown()) {
            return;
        }
        dispatcher.terminate();
        System.getLogger("io.multiprocessing")
                .log(
                        System.Logger.Level.WARNING,
                        "a pool, \"" + workerName + "\" of " + size + ", was dropped without having been closed;"
                                + " its workers are terminated now. Have it in a try (Pool pool = …), which waits for"
                                + " what was submitted, or call shutdown() or terminate()",
                        origin);
    }
}
