package io.multiprocessing.local.sync;

import io.multiprocessing.Lock;

/** A lock that is held for a scope. */
final class HeldLock implements Lock.Hold {
    private final Lock lock;
    private boolean released;

    HeldLock(Lock lock) {
        this.lock = lock;
    }

    @Override
    public void close() {
        if (!released) {
            released = true;
            lock.release();
        }
    }
}
