package io.multiprocessing.local.sync;

import io.multiprocessing.Abandonment;
import io.multiprocessing.Condition;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.LocalObject;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.spi.Deadline;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A {@link Mutex} as it is: whoever acquires holds it, whoever likes releases it. */
@SuppressWarnings("serial") // travels as a handle
public final class LocalLock extends LocalObject implements ConditionLock {
    private final Mutex mutex;

    public LocalLock(Home home, Cell cell) {
        super(home, ObjectKind.LOCK, cell);
        this.mutex = new Mutex(home, cell);
    }

    @Override
    public void acquire() throws InterruptedException {
        mutex.acquire(Deadline.NEVER);
    }

    @Override
    public boolean acquire(Duration timeout) throws InterruptedException {
        return mutex.acquire(timeout);
    }

    @Override
    public boolean tryAcquire() {
        return mutex.tryAcquire();
    }

    @Override
    public void lock() {
        mutex.acquireUninterruptibly();
    }

    @Override
    public void release() {
        mutex.release();
    }

    @Override
    public boolean isLocked() {
        home.checkOpen();
        return mutex.isHeld();
    }

    @Override
    public Hold hold() throws InterruptedException {
        acquire();
        return new HeldLock(this);
    }

    @Override
    public @Nullable Abandonment abandonment() {
        home.checkOpen();
        return mutex.abandonment();
    }

    @Override
    public Condition newCondition() {
        return home.context().condition(this);
    }

    @Override
    public void checkHeld() {
        if (!mutex.isHeldByThisProcess()) {
            throw new IllegalMonitorStateException("the lock is not held by this process: " + this);
        }
    }

    @Override
    public int releaseFully() {
        checkHeld();
        mutex.release();
        return 1;
    }

    @Override
    public void acquireAgain(int depth) {
        mutex.acquireUninterruptibly();
    }

    @Override
    public String toString() {
        return "Lock[" + (home.isClosed() ? "closed" : mutex.describeHolder()) + "]";
    }
}
