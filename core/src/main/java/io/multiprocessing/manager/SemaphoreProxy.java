package io.multiprocessing.manager;

import io.multiprocessing.Lock;
import io.multiprocessing.Semaphore;
import java.time.Duration;

/** A semaphore of a manager, bounded or not. */
@SuppressWarnings("serial") // it travels as a handle
final class SemaphoreProxy extends ObjectProxy implements Semaphore {
    SemaphoreProxy(Core core) {
        super(core);
    }

    @Override
    public void acquire() throws InterruptedException {
        core().await("acquire", Patience.FOREVER);
    }

    @Override
    public boolean acquire(Duration timeout) throws InterruptedException {
        return core().awaitFlag("acquire", Patience.nanos(timeout));
    }

    @Override
    public boolean tryAcquire() {
        return core().flag("acquire", 0L);
    }

    @Override
    public void release() {
        release(1);
    }

    @Override
    public void release(int permits) {
        core().call("release", permits);
    }

    @Override
    public int value() {
        return core().integer("value");
    }

    @Override
    public Lock.Hold hold() throws InterruptedException {
        acquire();
        return new Holding(this::release);
    }

    @Override
    public String toString() {
        return (String) core().value("describe");
    }
}
