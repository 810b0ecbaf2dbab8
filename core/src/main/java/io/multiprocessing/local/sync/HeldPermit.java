package io.multiprocessing.local.sync;

import io.multiprocessing.Lock;
import io.multiprocessing.Semaphore;

/** A permit that is held for a scope. */
final class HeldPermit implements Lock.Hold {
    private final Semaphore semaphore;
    private boolean released;

    HeldPermit(Semaphore semaphore) {
        this.semaphore = semaphore;
    }

    @Override
    public void close() {
        if (!released) {
            released = true;
            semaphore.release();
        }
    }
}
