package io.multiprocessing.local.os;

import java.lang.foreign.MemorySegment;

/** Lets a thread of either kind sleep on a shared word. */
public final class Parking {
    private static volatile boolean usedByVirtualThreads;

    private Parking() {}

    /** The JVM ends; virtual threads are not woken any more. */
    public static void shutDown() {
        if (usedByVirtualThreads) {
            Virtual.THREADS.shutDown();
        }
    }

    /**
     * Sleeps until the word is woken, at most {@code nanos}; returns at once if it does not hold {@code expected}. May
     * return early for no reason. An interrupt of a virtual thread is seen at once, of a platform thread only when the
     * sleep ends, so {@code nanos} should be a slice of what the caller wants to wait.
     *
     * @throws InterruptedException if the thread is interrupted; its interrupt status is cleared then
     */
    public static void await(MemorySegment segment, long offset, int expected, long nanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (Thread.currentThread().isVirtual()) {
            usedByVirtualThreads = true;
            Virtual.THREADS.await(new Os.Word(segment, offset, expected), nanos);
        } else {
            Os.current().await(segment, offset, expected, nanos);
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private static final class Virtual {
        static final VirtualThreads THREADS = new VirtualThreads();
    }
}
