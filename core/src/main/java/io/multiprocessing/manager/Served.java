package io.multiprocessing.manager;

import org.jspecify.annotations.Nullable;

/** An object that the server keeps. It may be called by many threads at once. */
interface Served {
    /**
     * Does what a client asks for.
     *
     * @return a value that can be sent; {@link Referent}s in it arrive as proxies
     * @throws InterruptedException if the call was cancelled, or its client is gone
     */
    @Nullable
    Object call(Call call) throws Exception;

    /** Takes back what a client had that {@link Client#isGone is gone}. */
    default void departed(Client client) {}
}
