package io.multiprocessing.manager;

import io.multiprocessing.Lock;
import java.util.concurrent.atomic.AtomicBoolean;

/** A scope that releases once. */
final class Holding implements Lock.Hold {
    private final Runnable release;
    private final AtomicBoolean isReleased = new AtomicBoolean();

    Holding(Runnable release) {
        this.release = release;
    }

    @Override
    public void close() {
        if (isReleased.compareAndSet(false, true)) {
            release.run();
        }
    }
}
