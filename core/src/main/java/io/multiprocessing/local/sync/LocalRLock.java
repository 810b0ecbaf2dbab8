package io.multiprocessing.local.sync;

import io.multiprocessing.Abandonment;
import io.multiprocessing.Condition;
import io.multiprocessing.RLock;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.LocalObject;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.spi.Deadline;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Mutex} that remembers which thread of this process has it, and how often. That is nobody else's business, so
 * it stands in the Java object, of which there is one for each process.
 */
@SuppressWarnings({"serial", "ReferenceEquality"}) // travels as a handle; a thread is itself
public final class LocalRLock extends LocalObject implements ConditionLock, RLock {
    private final Mutex mutex;

    // Written by the thread that has the mutex, without order: another thread may read an old value, but only the one
    // that wrote it last reads its own name.
    private @Nullable Thread owner;
    private int depth;

    public LocalRLock(Home home, Cell cell) {
        super(home, ObjectKind.RLOCK, cell);
        this.mutex = new Mutex(home, cell);
    }

    @Override
    public void acquire() throws InterruptedException {
        if (!reenterInterruptibly()) {
            mutex.acquire(Deadline.NEVER);
            own(1);
        }
    }

    @Override
    public boolean acquire(Duration timeout) throws InterruptedException {
        Objects.requireNonNull(timeout, "timeout");
        return reenterInterruptibly() || (mutex.acquire(timeout) && own(1));
    }

    @Override
    public boolean tryAcquire() {
        return reenter() || (mutex.tryAcquire() && own(1));
    }

    @Override
    public void lock() {
        if (!reenter()) {
            mutex.acquireUninterruptibly();
            own(1);
        }
    }

    @Override
    public void release() {
        checkHeld();
        if (--depth == 0) {
            owner = null;
            mutex.release();
        }
    }

    @Override
    public boolean isLocked() {
        home.checkOpen();
        return mutex.isHeld();
    }

    @Override
    public int holdCount() {
        return owner == Thread.currentThread() ? depth : 0;
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
        if (owner != Thread.currentThread()) {
            throw new IllegalMonitorStateException("the lock is not held by this thread: " + this);
        }
    }

    @Override
    public int releaseFully() {
        checkHeld();
        int held = depth;
        depth = 0;
        owner = null;
        mutex.release();
        return held;
    }

    @Override
    public void acquireAgain(int times) {
        mutex.acquireUninterruptibly();
        own(times);
    }

    @Override
    public String toString() {
        if (home.isClosed()) {
            return "RLock[closed]";
        }
        Thread holder = owner;
        return "RLock["
                + (holder == null
                        ? mutex.describeHolder()
                        : "held by thread " + holder.getName() + " of this process, " + depth + " deep")
                + "]";
    }

    private boolean reenterInterruptibly() throws InterruptedException {
        if (owner == Thread.currentThread() && Thread.interrupted()) {
            throw new InterruptedException();
        }
        return reenter();
    }

    private boolean reenter() {
        if (owner != Thread.currentThread()) {
            return false;
        }
        home.checkOpen();
        depth++;
        return true;
    }

    private boolean own(int times) {
        owner = Thread.currentThread();
        depth = times;
        return true;
    }
}
