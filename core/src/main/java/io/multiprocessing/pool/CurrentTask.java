package io.multiprocessing.pool;

import io.multiprocessing.LongArray;

/**
 * Which input a worker works on, for its pool to see, and for those who want to interrupt just this one: an interrupt
 * comes while it runs or not at all.
 */
final class CurrentTask {
    private final LongArray positions;
    private final LongArray orders;
    private final int worker;
    private final Thread thread;

    // Guarded by this.
    private long position;
    private boolean isRunning;
    private boolean isRevoked;

    CurrentTask(Post post, Thread thread) {
        this.positions = post.positions();
        this.orders = post.orders();
        this.worker = post.number();
        this.thread = thread;
    }

    /** Says that the first input of a chunk begins. */
    synchronized void begin(long newPosition) {
        positions.set(worker, newPosition);
        position = newPosition;
        isRevoked = false;
        isRunning = true;
    }

    /** Says that the next input of the chunk begins; false if the pool has taken back what has not begun. */
    synchronized boolean beginNext() {
        long next = Position.of(position >>> 32, Position.index(position) + 1);
        if (isRevoked || !positions.compareAndSet(worker, position, next)) {
            isRevoked = true;
            return false;
        }
        position = next;
        isRunning = true;
        return true;
    }

    /** Says that nothing runs, and takes back an interrupt that came too late for what ran. */
    synchronized void stop() {
        isRunning = false;
        Thread.interrupted();
    }

    /** Says that the input is done: it is not repeated. */
    synchronized void done() {
        long done = Position.done(position);
        if (!positions.compareAndSet(worker, position, done)) {
            isRevoked = true;
            positions.set(worker, Position.revoked(done));
        }
        position = done;
    }

    /** Both. */
    void end() {
        stop();
        done();
    }

    /** Interrupts what the pool wants to have interrupted, if it runs now. */
    synchronized void obey() {
        long order = orders.get(worker);
        boolean isMeant = (int) order == Position.WHOLE_CHUNK ? order >>> 32 == position >>> 32 : order == position;
        if (isRunning && isMeant) {
            thread.interrupt();
        }
    }
}
