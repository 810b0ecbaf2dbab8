package io.multiprocessing.local.sync;

/**
 * The bytes of a plain or bounded semaphore.
 *
 * <pre>
 *  offset  bytes  what
 *       0      4  permits
 *       4      4  what those sleep on who wait for one: {@link TakingTurns}
 *       8      4  the most permits there may be
 *      12      4  zero
 * </pre>
 */
public final class SemaphoreLayout {
    public static final int BYTES = 16;

    static final long PERMITS = 0;
    static final long WAIT = 4;
    static final long LIMIT = 8;

    private SemaphoreLayout() {}
}
