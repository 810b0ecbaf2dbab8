package io.multiprocessing.pool;

import io.multiprocessing.LongArray;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which input a worker works on, for its pool to see, and for those who want to interrupt just this one: an interrupt
 * comes while it runs or not at all. All methods but {@link #obey} are for the thread that works.
 *
 * <p>Who interrupts puts {@link #BEING_INTERRUPTED} in the place of the input that runs, interrupts, and puts it back; the thread
 * that works takes away the input that ran, for which it waits until it is there, and then any interrupt that it got.
 */
final class CurrentTask {
    private static final long NOTHING = 0; // chunks are counted from 1 on
    private static final long BEING_INTERRUPTED = -1;

    private final Positions positions;
    private final LongArray orders;
    private final int worker;
    private final Thread thread;
    private final AtomicLong running = new AtomicLong(NOTHING);
    private long position;
    private boolean isRevoked;

    CurrentTask(Post post, Thread thread) {
        this.positions = post.positions();
        this.orders = post.orders();
        this.worker = post.number();
        this.thread = thread;
    }

    /** Says that the first input of a chunk begins. */
    void begin(long newPosition) {
        isRevoked = false;
        run(newPosition);
        positions.set(worker, newPosition);
    }

    /** Says that the next input begins of a chunk that nobody takes back. */
    void next() {
        run(position + 1);
        positions.set(worker, position);
    }

    /** Says that the next input of the chunk begins; false if the pool has taken back what has not begun. */
    boolean nextIfMine() {
        if (isRevoked) {
            return false;
        }
        long done = Position.done(position);
        run(position + 1);
        if (!positions.compareAndSet(worker, done, position)) {
            isRevoked = true;
            stop();
        }
        return !isRevoked;
    }

    /** Before the pool can see it there, and have it interrupted. */
    private void run(long newPosition) {
        position = newPosition;
        running.setRelease(newPosition);
    }

    /** Says that nothing runs, and takes back an interrupt that came too late for what ran. */
    @SuppressWarnings("ThreadPriorityCheck") // a hint to the scheduler, on which nothing relies
    void stop() {
        while (!running.compareAndSet(position, NOTHING) && running.get() != NOTHING) {
            Thread.yield();
        }
        Thread.interrupted();
    }

    /** Says that the input is done: it is not repeated. */
    void done() {
        long done = Position.done(position);
        if (!positions.compareAndSet(worker, position, done)) {
            isRevoked = true;
            positions.set(worker, Position.revoked(done));
        }
    }

    /** Interrupts what the pool wants to have interrupted, if it runs now. */
    void obey() {
        long order = orders.get(worker);
        long now = running.get();
        boolean isMeant =
                now != NOTHING && ((int) order == Position.WHOLE_CHUNK ? order >>> 32 == now >>> 32 : order == now);
        if (isMeant && running.compareAndSet(now, BEING_INTERRUPTED)) {
            thread.interrupt();
            running.compareAndSet(BEING_INTERRUPTED, now);
        }
    }
}
