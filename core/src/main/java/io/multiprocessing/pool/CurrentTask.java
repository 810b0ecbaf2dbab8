package io.multiprocessing.pool;

import io.multiprocessing.LongArray;

/**
 * Which input a worker works on, for its pool to see, and for those who want to interrupt just this one: an interrupt
 * comes while it runs or not at all.
 */
final class CurrentTask {
    static final int WHOLE_CHUNK = -1;

    private final LongArray positions;
    private final LongArray orders;
    private final int worker;
    private final Thread thread;

    // Guarded by this.
    private long position;
    private boolean isRunning;

    CurrentTask(LongArray positions, LongArray orders, int worker, Thread thread) {
        this.positions = positions;
        this.orders = orders;
        this.worker = worker;
        this.thread = thread;
    }

    /** Says that something begins. */
    synchronized void begin(long newPosition) {
        position = newPosition;
        positions.set(worker, newPosition);
        isRunning = true;
    }

    /** Says that nothing runs, and takes back an interrupt that came too late for what ran. */
    synchronized void end() {
        isRunning = false;
        Thread.interrupted();
    }

    /** Says, for the pool, that everything of a chunk has been done. */
    void finish(long newPosition) {
        positions.set(worker, newPosition);
    }

    /** Interrupts what the pool wants to have interrupted, if it runs now. */
    synchronized void obey() {
        long order = orders.get(worker);
        boolean isMeant = (int) order == WHOLE_CHUNK ? order >>> 32 == position >>> 32 : order == position;
        if (isRunning && isMeant) {
            thread.interrupt();
        }
    }
}
