package io.multiprocessing.threads;

import io.multiprocessing.Condition;
import io.multiprocessing.spi.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Date;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A condition: those who wait stand in a row, a signal goes to the first. Who was signalled and can't go on, because its
 * context is closed, passes the signal on.
 */
@SuppressWarnings("serial") // travels as a handle
final class TwinCondition extends TwinObject implements Condition {
    private final long lockId;
    private final Row row;

    TwinCondition(TwinContext context, long id, long lockId, Row row) {
        super(context, id);
        this.lockId = lockId;
        this.row = row;
    }

    @Override
    public ConditionLock lock() {
        return (ConditionLock) context.handle(lockId);
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
        checkHeld();
        row.signal(waiters);
    }

    @Override
    public void signalAll() {
        checkHeld();
        row.signal(Integer.MAX_VALUE);
    }

    private ConditionLock checkHeld() {
        checkOpen();
        ConditionLock lock = lock();
        lock.checkHeld();
        return lock;
    }

    private boolean waitForTruth(BooleanSupplier predicate, Deadline deadline) throws InterruptedException {
        checkHeld();
        while (!predicate.getAsBoolean()) {
            if (deadline.nanosLeft() <= 0) {
                return false;
            }
            waitForSignal(deadline, true);
        }
        return true;
    }

    private boolean waitForSignal(Deadline deadline, boolean interruptible) throws InterruptedException {
        ConditionLock held = checkHeld();
        if (interruptible && Thread.interrupted()) {
            throw new InterruptedException();
        }
        Waiter waiter = row.enter();
        boolean hasGoneOn = false;
        try {
            int depth = held.releaseFully();
            boolean interrupted = sleep(waiter, deadline, interruptible);
            boolean signalled = !row.withdraw(waiter);
            held.acquireAgain(depth);
            hasGoneOn = true;
            if (interrupted) {
                if (interruptible && !signalled) {
                    throw new InterruptedException();
                }
                Thread.currentThread().interrupt();
            }
            return signalled;
        } finally {
            if (!hasGoneOn && !row.withdraw(waiter)) {
                row.signal(1);
            }
        }
    }

    /** Sleeps until there is a signal, the time is over, or an interrupt; says whether there was one. */
    private boolean sleep(Waiter waiter, Deadline deadline, boolean interruptible) {
        boolean interrupted = false;
        while (true) {
            try {
                row.room.await(context, () -> waiter.isSignalled, deadline);
                return interrupted;
            } catch (InterruptedException keptForLater) {
                interrupted = true;
                if (interruptible) {
                    return true;
                }
            }
        }
    }

    @Override
    String typeName() {
        return "Condition";
    }

    @Override
    public String toString() {
        return "Condition[" + (context.isClosed() ? "closed" : row.length() + " wait, " + lock()) + "]";
    }

    private static final class Waiter {
        private boolean isSignalled;
    }

    /** Those who wait, guarded by the room. */
    static final class Row {
        private final Room room;
        private final Deque<Waiter> waiters = new ArrayDeque<>();

        Row(Space space) {
            this.room = new Room(space);
        }

        private Waiter enter() {
            Waiter waiter = new Waiter();
            room.look(() -> waiters.add(waiter));
            return waiter;
        }

        /** Leaves the row; false if it was signalled, and so is not in it any more. */
        private boolean withdraw(Waiter waiter) {
            return room.look(() -> {
                waiters.remove(waiter);
                return !waiter.isSignalled;
            });
        }

        private void signal(int count) {
            room.changeForAll(() -> {
                int left = count;
                for (Waiter next = waiters.poll(); next != null; next = --left > 0 ? waiters.poll() : null) {
                    next.isSignalled = true;
                }
                return left;
            });
        }

        private int length() {
            return room.look(waiters::size);
        }
    }
}
