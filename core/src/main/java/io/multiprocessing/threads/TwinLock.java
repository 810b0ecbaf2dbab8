package io.multiprocessing.threads;

import io.multiprocessing.Abandonment;
import io.multiprocessing.Condition;
import io.multiprocessing.spi.Deadline;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A {@link Mutex} as it is: whoever acquires holds it, whoever likes releases it. */
@SuppressWarnings("serial") // travels as a handle
final class TwinLock extends TwinObject implements ConditionLock {
    private final Mutex mutex;

    TwinLock(TwinContext context, long id, Mutex mutex) {
        super(context, id);
        this.mutex = mutex;
    }

    @Override
    public void acquire() throws InterruptedException {
        mutex.acquire(context, Deadline.NEVER);
    }

    @Override
    public boolean acquire(Duration timeout) throws InterruptedException {
        return mutex.acquire(context, Deadline.after(timeout));
    }

    @Override
    public boolean tryAcquire() {
        return mutex.tryAcquire(context);
    }

    @Override
    public void lock() {
        mutex.acquireUninterruptibly(context, 1);
    }

    @Override
    public void release() {
        mutex.release(context);
    }

    @Override
    public boolean isLocked() {
        checkOpen();
        return mutex.isHeld();
    }

    @Override
    public Hold hold() throws InterruptedException {
        acquire();
        return new ReleasedOnce(this::release);
    }

    @Override
    public @Nullable Abandonment abandonment() {
        checkOpen();
        return mutex.abandonment();
    }

    @Override
    public Condition newCondition() {
        return context.condition(this);
    }

    @Override
    public void checkHeld() {
        if (!mutex.isHeldBy(context)) {
            throw new IllegalMonitorStateException("the lock is not held by this process: " + this);
        }
    }

    @Override
    public int releaseFully() {
        checkHeld();
        mutex.release(context);
        return 1;
    }

    @Override
    public void acquireAgain(int depth) {
        mutex.acquireUninterruptibly(context, depth);
    }

    @Override
    String typeName() {
        return "Lock";
    }

    @Override
    public String toString() {
        return "Lock[" + (context.isClosed() ? "closed" : mutex.describeHolder(context, false)) + "]";
    }
}
