package io.multiprocessing.local.sync;

import io.multiprocessing.Lock;
import io.multiprocessing.Semaphore;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.LocalObject;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.CrashPoint;
import io.multiprocessing.local.segment.Words;
import io.multiprocessing.spi.Deadline;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A counter of permits, plain or bounded.
 *
 * <p><b>How.</b> One word is the count, see {@link SemaphoreLayout}. To acquire is to change it from <i>n</i> &gt; 0 to
 * <i>n</i> − 1, to release is to change it to <i>n</i> + 1; while it is 0 one waits, see {@link TakingTurns}.
 *
 * <p><b>Death.</b> A permit has no owner, so nobody can know that its holder is dead: it does not come back. {@link
 * LeasedSemaphore} is for those who want that.
 *
 * <p>Kill points: semaphore-K1 a permit is taken: it is gone. semaphore-K2 permits are given, nobody is woken: the
 * sleepers find them within a slice.
 *
 * <p>Memory order: both change the count by a volatile compare-and-set.
 *
 * <p>Source: sem_post(3) and sem_wait(3) as glibc has them.
 */
@SuppressWarnings("serial") // travels as a handle
public final class LocalSemaphore extends LocalObject implements Semaphore {
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final long permits;
    private final int limit;
    private final TakingTurns turns;

    /** @param kind plain or bounded */
    public LocalSemaphore(Home home, ObjectKind kind, Cell cell) {
        super(home, kind, cell);
        this.permits = base + SemaphoreLayout.PERMITS;
        this.limit = Words.intPlain(memory, base + SemaphoreLayout.LIMIT);
        this.turns = new TakingTurns(home, memory, base + SemaphoreLayout.WAIT, SLICE_NANOS);
    }

    static void initialize(Cell cell, int permits, int limit) {
        Words.setIntPlain(cell.memory(), cell.offset() + SemaphoreLayout.PERMITS, permits);
        Words.setIntPlain(cell.memory(), cell.offset() + SemaphoreLayout.LIMIT, limit);
    }

    @Override
    public void acquire() throws InterruptedException {
        acquire(Deadline.NEVER);
    }

    @Override
    public boolean acquire(Duration timeout) throws InterruptedException {
        return acquire(Deadline.after(timeout));
    }

    @Override
    public boolean tryAcquire() {
        home.checkOpen();
        return take();
    }

    @Override
    public void release() {
        release(1);
    }

    @Override
    public void release(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("release of " + count + " permits; it must be 1 or more");
        }
        int before;
        do {
            before = Words.intVolatile(memory, permits);
            if (count > limit - before) {
                throw new IllegalStateException("release of " + count + " to a semaphore that has " + before
                        + " permits and may have at most " + limit);
            }
        } while (!Words.casInt(memory, permits, before, before + count));
        CrashPoint.reached("semaphore-K2");
        turns.changed(count);
    }

    @Override
    public int value() {
        home.checkOpen();
        return Words.intVolatile(memory, permits);
    }

    @Override
    public Lock.Hold hold() throws InterruptedException {
        acquire();
        return new HeldPermit(this);
    }

    @Override
    public String toString() {
        String name = kind() == ObjectKind.BOUNDED_SEMAPHORE ? "BoundedSemaphore[" : "Semaphore[";
        if (home.isClosed()) {
            return name + "closed]";
        }
        return name + value() + (limit == Integer.MAX_VALUE ? "" : " of " + limit) + " permits]";
    }

    private boolean acquire(Deadline deadline) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        home.checkOpen();
        return take() || turns.await(this::take, deadline);
    }

    private boolean take() {
        while (true) {
            int left = Words.intVolatile(memory, permits);
            if (left == 0) {
                return false;
            }
            if (Words.casInt(memory, permits, left, left - 1)) {
                CrashPoint.reached("semaphore-K1");
                return true;
            }
        }
    }
}
