package io.multiprocessing.local.sync;

import io.multiprocessing.local.member.Owner;

/**
 * The bytes of a leased semaphore.
 *
 * <pre>
 *  offset  bytes  what
 *       0      4  zero
 *       4      4  what those sleep on who wait for a permit: {@link TakingTurns}
 *       8      4  how many permits there are
 *      12      4  zero
 *      16    4*n  for each permit: {@link Owner} number of the process that holds it; 0 if it is free
 * </pre>
 */
public final class LeasedSemaphoreLayout {
    static final long WAIT = 4;
    static final long PERMITS = 8;
    static final long HOLDERS = 16;

    private LeasedSemaphoreLayout() {}

    public static long bytes(int permits) {
        return HOLDERS + (long) permits * Integer.BYTES;
    }

    static long holder(int permit) {
        return HOLDERS + (long) permit * Integer.BYTES;
    }
}
