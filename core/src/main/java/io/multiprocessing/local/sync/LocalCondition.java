package io.multiprocessing.local.sync;

import io.multiprocessing.Condition;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.LocalObject;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.os.Os;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.CellId;
import io.multiprocessing.local.segment.CrashPoint;
import io.multiprocessing.local.segment.Words;
import io.multiprocessing.spi.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A condition: its {@link WaiterCells} say who waits and who was signalled, its {@link WaitingRoom} is where the threads
 * of this process sleep meanwhile.
 *
 * <p>A waiter that is interrupted, or whose time is over, gives up by freeing its cell. If it can't, because it was
 * signalled just before, it goes on as one that was signalled, and keeps the interrupt for later. One that can't have the
 * lock again, because its process has closed the context, leaves its cell as it is: soon that is the cell of a dead
 * process, and the others pass its signal on. So no signal is lost.
 */
@SuppressWarnings("serial") // travels as a handle
public final class LocalCondition extends LocalObject implements Condition {
    /** Half of what it may last until the signal of a dead waiter is passed on. */
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final int self;
    private final WaiterCells cells;
    private final WaitingRoom room;
    private volatile @Nullable ConditionLock lock;

    public LocalCondition(Home home, Cell cell) {
        this(home, cell, null);
    }

    LocalCondition(Home home, Cell cell, @Nullable ConditionLock lock) {
        super(home, ObjectKind.CONDITION, cell);
        this.self = home.registry().self();
        this.cells = new WaiterCells(home, cell);
        long wakeWord = base + ConditionLayout.wakeWord(ConditionLayout.wakeWordOf(self));
        this.room = new WaitingRoom(
                home, memory, wakeWord, base + ConditionLayout.SLEEPERS, SLICE_NANOS, this::passOnFromDead);
        this.lock = lock;
    }

    static void initialize(Cell cell, ObjectKind lockKind, CellId lock) {
        Words.setIntPlain(cell.memory(), cell.offset() + ConditionLayout.LOCK_KIND, lockKind.number());
        Words.setLongPlain(cell.memory(), cell.offset() + ConditionLayout.LOCK_SEGMENT, lock.segment());
        Words.setLongPlain(cell.memory(), cell.offset() + ConditionLayout.LOCK_OFFSET, lock.offset());
    }

    @Override
    public ConditionLock lock() {
        ConditionLock known = lock;
        if (known == null) {
            ObjectKind kind = ObjectKind.of(Words.intPlain(memory, base + ConditionLayout.LOCK_KIND));
            CellId id = new CellId(
                    Words.longPlain(memory, base + ConditionLayout.LOCK_SEGMENT),
                    Words.longPlain(memory, base + ConditionLayout.LOCK_OFFSET));
            known = (ConditionLock) home.resolve(kind, id);
            lock = known;
        }
        return known;
    }

    @Override
    public void await() throws InterruptedException {
        waitForSignal(Deadline.NEVER, true);
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        return waitForSignal(Deadline.after(timeout), true);
    }

    @Override
    public boolean await(long time, TimeUnit unit) throws InterruptedException {
        return waitForSignal(Deadline.after(time, unit), true);
    }

    @Override
    public long awaitNanos(long nanosTimeout) throws InterruptedException {
        long start = System.nanoTime();
        waitForSignal(Deadline.after(Duration.ofNanos(nanosTimeout)), true);
        return nanosTimeout - (System.nanoTime() - start);
    }

    @Override
    @SuppressWarnings("JavaUtilDate") // the interface wants it so
    public boolean awaitUntil(Date deadline) throws InterruptedException {
        Duration left = Duration.between(Instant.now(), Instant.ofEpochMilli(deadline.getTime()));
        return waitForSignal(Deadline.after(left), true);
    }

    @Override
    public void awaitUninterruptibly() {
        try {
            waitForSignal(Deadline.NEVER, false);
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public void awaitUntil(BooleanSupplier predicate) throws InterruptedException {
        waitForTruth(predicate, Deadline.NEVER);
    }

    @Override
    public boolean awaitUntil(BooleanSupplier predicate, Duration timeout) throws InterruptedException {
        return waitForTruth(predicate, Deadline.after(timeout));
    }

    @Override
    public void signal(int waiters) {
        if (waiters < 1) {
            throw new IllegalArgumentException("signal to " + waiters + " waiters; it must be 1 or more");
        }
        home.checkOpen();
        lock().checkHeld();
        WakeUp wakeUp = new WakeUp();
        cells.signal(waiters, wakeUp);
        wakeUp.send();
    }

    @Override
    public void signalAll() {
        home.checkOpen();
        lock().checkHeld();
        WakeUp wakeUp = new WakeUp();
        cells.signalAll(wakeUp);
        wakeUp.send();
    }

    @Override
    public String toString() {
        return "Condition[" + (home.isClosed() ? "closed" : cells.waiting() + " wait, " + lock()) + "]";
    }

    private boolean waitForTruth(BooleanSupplier predicate, Deadline deadline) throws InterruptedException {
        home.checkOpen();
        lock().checkHeld();
        while (!predicate.getAsBoolean()) {
            if (deadline.isOver()) {
                return false;
            }
            waitForSignal(deadline, true);
        }
        return true;
    }

    private boolean waitForSignal(Deadline deadline, boolean interruptible) throws InterruptedException {
        home.checkOpen();
        ConditionLock held = lock();
        held.checkHeld();
        if (interruptible && Thread.interrupted()) {
            throw new InterruptedException();
        }
        int index = cells.enter();
        boolean gone = false;
        try {
            int depth = held.releaseFully();
            CrashPoint.reached("condition-K2");
            boolean interrupted = sleep(index, deadline, interruptible);
            boolean signalled = !cells.withdraw(index);
            gone = !signalled;
            if (signalled) {
                CrashPoint.reached("condition-K4");
            }
            held.acquireAgain(depth);
            if (signalled) {
                CrashPoint.reached("condition-K5");
                cells.goOn(index);
                gone = true;
            }
            if (interrupted) {
                if (interruptible && !signalled) {
                    throw new InterruptedException();
                }
                Thread.currentThread().interrupt();
            }
            return signalled;
        } finally {
            if (!gone && !cells.withdraw(index) && !home.isClosed()) {
                passOn(index);
            }
        }
    }

    /** Sleeps until the cell is signalled, the time is over, or an interrupt; says whether there was one. */
    private boolean sleep(int index, Deadline deadline, boolean interruptible) {
        boolean interrupted = false;
        while (true) {
            try {
                room.await(index, () -> cells.isSignalled(index), deadline);
                return interrupted;
            } catch (InterruptedException keptForLater) {
                interrupted = true;
                if (interruptible) {
                    return true;
                }
            }
        }
    }

    private void passOn(int index) {
        WakeUp wakeUp = new WakeUp();
        cells.passOn(index, wakeUp);
        wakeUp.send();
    }

    private void passOnFromDead() {
        WakeUp wakeUp = new WakeUp();
        cells.passOnFromDead(wakeUp);
        wakeUp.send();
    }

    /** Wakes those who were signalled: in this process at once, in others when it is sent. */
    private final class WakeUp implements WaiterCells.Wakes {
        private int words;

        @Override
        public void add(int owner, int index) {
            if (owner != self || !room.unpark(index)) {
                words |= 1 << ConditionLayout.wakeWordOf(owner);
            }
        }

        void send() {
            for (int i = 0; i < ConditionLayout.WAKE_WORD_COUNT; i++) {
                if ((words & (1 << i)) != 0) {
                    long word = base + ConditionLayout.wakeWord(i);
                    Words.getAndAddInt(memory, word, 1);
                    Os.current().wake(memory, word, Integer.MAX_VALUE);
                }
            }
        }
    }
}
