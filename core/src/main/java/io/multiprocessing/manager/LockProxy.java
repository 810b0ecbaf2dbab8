package io.multiprocessing.manager;

import io.multiprocessing.Abandonment;
import io.multiprocessing.Condition;
import io.multiprocessing.Lock;
import io.multiprocessing.spi.Uninterrupted;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A lock of a manager. */
@SuppressWarnings("serial") // it travels as a handle
class LockProxy extends ObjectProxy implements Lock {
    LockProxy(Core core) {
        super(core);
    }

    @Override
    public final void acquire() throws InterruptedException {
        core().await("acquire", Patience.FOREVER);
    }

    @Override
    public final boolean acquire(Duration timeout) throws InterruptedException {
        return core().awaitFlag("acquire", Patience.nanos(timeout));
    }

    @Override
    public final boolean tryAcquire() {
        return core().flag("acquire", 0L);
    }

    @Override
    public final void lock() {
        Uninterrupted.run(this::acquire);
    }

    @Override
    public final void release() {
        core().call("release");
    }

    @Override
    public final boolean isLocked() {
        return core().flag("isLocked");
    }

    @Override
    public final Hold hold() throws InterruptedException {
        acquire();
        return new Holding(this::release);
    }

    @Override
    public final @Nullable Abandonment abandonment() {
        return (Abandonment) core().call("abandonment");
    }

    @Override
    public final Condition newCondition() {
        return (Condition) core().link().server().value("create", Kind.CONDITION.number(), this);
    }

    @Override
    public final String toString() {
        return (String) core().value("describe");
    }
}
