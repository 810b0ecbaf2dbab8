package io.multiprocessing.manager;

import io.multiprocessing.Condition;
import io.multiprocessing.Lock;
import io.multiprocessing.spi.Uninterrupted;
import java.time.Duration;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A condition of a manager; predicates run here. */
@SuppressWarnings({"serial", "JavaUtilDate", "WaitNotInLoop"
}) // it travels as a handle; Java's conditions have dates; who waits loops
final class ConditionProxy extends ObjectProxy implements Condition {
    ConditionProxy(Core core) {
        super(core);
    }

    @Override
    public Lock lock() {
        return (Lock) core().value("lock");
    }

    @Override
    public void await() throws InterruptedException {
        core().await("await", Patience.FOREVER);
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        return core().awaitFlag("await", Patience.nanos(timeout));
    }

    @Override
    public boolean await(long time, TimeUnit unit) throws InterruptedException {
        return await(Duration.ofNanos(unit.toNanos(time)));
    }

    @Override
    public long awaitNanos(long nanos) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        await(Duration.ofNanos(nanos));
        return end - System.nanoTime();
    }

    @Override
    public boolean awaitUntil(Date deadline) throws InterruptedException {
        return await(Duration.ofMillis(deadline.getTime() - System.currentTimeMillis()));
    }

    @Override
    public void awaitUninterruptibly() {
        Uninterrupted.run(this::await);
    }

    @Override
    public void awaitUntil(BooleanSupplier predicate) throws InterruptedException {
        while (!predicate.getAsBoolean()) {
            await();
        }
    }

    @Override
    public boolean awaitUntil(BooleanSupplier predicate, Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + Patience.nanos(timeout);
        boolean holds = predicate.getAsBoolean();
        while (!holds) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                break;
            }
            await(Duration.ofNanos(left));
            holds = predicate.getAsBoolean();
        }
        return holds;
    }

    @Override
    public void signal(int waiters) {
        if (waiters < 1) {
            throw new IllegalArgumentException("can't wake " + waiters + " waiters");
        }
        core().call("signal", waiters);
    }

    @Override
    public void signalAll() {
        core().call("signal", Integer.MAX_VALUE);
    }

    @Override
    public String toString() {
        return "Condition[" + core().integer("waiters") + " waiters, of " + lock() + "]";
    }
}
