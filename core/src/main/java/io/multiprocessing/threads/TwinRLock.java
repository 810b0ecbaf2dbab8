package io.multiprocessing.threads;

import io.multiprocessing.Abandonment;
import io.multiprocessing.Condition;
import io.multiprocessing.RLock;
import io.multiprocessing.spi.Deadline;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A {@link Mutex} that belongs to a thread, which may acquire it again. */
@SuppressWarnings("serial") // travels as a handle
final class TwinRLock extends TwinObject implements ConditionLock, RLock {
    private final Mutex mutex;

    TwinRLock(TwinContext context, long id, Mutex mutex) {
        super(context, id);
        this.mutex = mutex;
    }

    @Override
    public void acquire() throws InterruptedException {
        if (!mutex.reenterInterruptibly(context)) {
            mutex.acquire(context, Deadline.NEVER);
        }
    }

    @Override
    public boolean acquire(Duration timeout) throws InterruptedException {
        return mutex.reenterInterruptibly(context) || mutex.acquire(context, Deadline.after(timeout));
    }

    @Override
    public boolean tryAcquire() {
        return mutex.reenter(context) || mutex.tryAcquire(context);
    }

    @Override
    public void lock() {
        if (!mutex.reenter(context)) {
            mutex.acquireUninterruptibly(context, 1);
        }
    }

    @Override
    public void release() {
        // Who has left the context holds nothing any more.
        if (!mutex.releaseOnce(context) && !context.isClosed()) {
            checkHeld();
        }
    }

    @Override
    public boolean isLocked() {
        checkOpen();
        return mutex.isHeld();
    }

    @Override
    public int holdCount() {
        return mutex.depth(context);
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
        if (mutex.depth(context) == 0) {
            throw new IllegalMonitorStateException("the lock is not held by this thread: " + this);
        }
    }

    @Override
    public int releaseFully() {
        checkHeld();
        return mutex.releaseFully();
    }

    @Override
    public void acquireAgain(int depth) {
        mutex.acquireUninterruptibly(context, depth);
    }

    @Override
    String typeName() {
        return "RLock";
    }

    @Override
    public String toString() {
        return "RLock[" + (context.isClosed() ? "closed" : mutex.describeHolder(context, true)) + "]";
    }
}
