package io.multiprocessing.local.sync;

/**
 * How a store and a look that follows it are kept in order without a fence, which costs who does both, a million times a
 * second, more than all else; the other side, which is about to sleep, pays instead.
 *
 * <p>The one side stores what the other waits for, and looks whether somebody sleeps. The other says that it will sleep, and
 * looks for what it waits for. Without a fence the store may reach the memory after the look. But it does so soon: a
 * processor keeps stores back for as long as it takes to get some lines of cache, and none when it goes to another thread. So
 * who is about to sleep lets some time pass between its word and its look: who looked before the word was there has long
 * stored by then. If once it should not have, that is a wake that got lost, for which every sleep is a slice.
 *
 * <p>Source: A. Morrison, Y. Afek, "Temporally Bounding TSO for Fence-Free Asymmetric Synchronization" (ASPLOS 2015).
 */
public final class Settling {
    private static final long NANOS = 2_000;

    private Settling() {}

    /** Lets pass what stores of other processors take to be seen, generously. */
    public static void pause() {
        long start = System.nanoTime();
        do {
            Thread.onSpinWait();
        } while (System.nanoTime() - start < NANOS);
    }
}
