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
 * A semaphore that knows which process holds each permit.
 *
 * <p><b>How.</b> There is one word for each permit, see {@link LeasedSemaphoreLayout}: 0 if it is free, otherwise the
 * number of its holder. To acquire is to change one of them from 0 to one's own number, to release is to change one of
 * one's own to 0. Who finds none free waits, see {@link TakingTurns}.
 *
 * <p><b>Death.</b> Who finds none free asks for each holder whether it is dead, again after every slice, and changes a
 * dead one's number to its own. As the word says who holds the permit in the moment it is taken, there is no moment at
 * which it could get lost.
 *
 * <p>Kill points: lease-K1 taken: taken over. lease-K2 given back, nobody is woken: the sleepers find
 * the permit within a slice.
 *
 * <p>Memory order: permits are taken and given back by a volatile compare-and-set.
 *
 * <p>Source: the robust index set of iceoryx2.
 */
@SuppressWarnings("serial") // travels as a handle
public final class LeasedSemaphore extends LocalObject implements Semaphore {
    /** Half of what it may last until the permit of a dead process is taken over. */
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final int permits;
    private final int self;
    private final TakingTurns turns;
    private final Object releasing = new Object();
    private int startHint; // any value will do

    public LeasedSemaphore(Home home, Cell cell) {
        super(home, ObjectKind.LEASED_SEMAPHORE, cell);
        this.permits = Words.intPlain(memory, base + LeasedSemaphoreLayout.PERMITS);
        this.self = home.registry().self();
        this.turns = new TakingTurns(home, memory, base + LeasedSemaphoreLayout.WAIT, SLICE_NANOS);
    }

    static void initialize(Cell cell, int permits) {
        Words.setIntPlain(cell.memory(), cell.offset() + LeasedSemaphoreLayout.PERMITS, permits);
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
        synchronized (releasing) { // nobody but this process changes what it holds
            int held = held();
            if (count > held) {
                throw new IllegalStateException(
                        "release of " + count + " leased permits by a process that holds " + held);
            }
            int left = count;
            for (int i = 0; left > 0; i++) {
                if (Words.casInt(memory, holder(i), self, 0)) {
                    left--;
                }
            }
        }
        CrashPoint.reached("lease-K2");
        turns.changed(count);
    }

    /** Those of dead processes count as well: who asks for one gets it. */
    @Override
    public int value() {
        home.checkOpen();
        Deaths deaths = new Deaths(home.registry());
        int free = 0;
        for (int i = 0; i < permits; i++) {
            int holder = Words.intVolatile(memory, holder(i));
            if (holder == 0 || deaths.isDead(holder)) {
                free++;
            }
        }
        return free;
    }

    @Override
    public Lock.Hold hold() throws InterruptedException {
        acquire();
        return new HeldPermit(this);
    }

    @Override
    public String toString() {
        return "LeasedSemaphore[" + (home.isClosed() ? "closed" : value() + " of " + permits + " permits") + "]";
    }

    private boolean acquire(Deadline deadline) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        home.checkOpen();
        return takeFree() || turns.await(this::take, deadline);
    }

    private boolean take() {
        return takeFree() || takeOverFromDead();
    }

    private boolean takeFree() {
        int start = startHint;
        for (int i = 0; i < permits; i++) {
            int permit = (start + i) % permits;
            if (Words.intVolatile(memory, holder(permit)) == 0 && takeFrom(0, permit)) {
                startHint = permit + 1;
                return true;
            }
        }
        return false;
    }

    private boolean takeOverFromDead() {
        Deaths deaths = new Deaths(home.registry());
        for (int i = 0; i < permits; i++) {
            int holder = Words.intVolatile(memory, holder(i));
            if ((holder == 0 || deaths.isDead(holder)) && takeFrom(holder, i)) {
                return true;
            }
        }
        return false;
    }

    private boolean takeFrom(int holder, int permit) {
        if (!Words.casInt(memory, holder(permit), holder, self)) {
            return false;
        }
        CrashPoint.reached("lease-K1");
        return true;
    }

    private int held() {
        int held = 0;
        for (int i = 0; i < permits; i++) {
            if (Words.intVolatile(memory, holder(i)) == self) {
                held++;
            }
        }
        return held;
    }

    private long holder(int permit) {
        return base + LeasedSemaphoreLayout.holder(permit);
    }
}
