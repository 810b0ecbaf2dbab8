package io.multiprocessing.threads;

import io.multiprocessing.Lock;

/** Something that is held for a scope. */
final class ReleasedOnce implements Lock.Hold {
    private final Runnable release;
    private boolean released;

    ReleasedOnce(Runnable release) {
        this.release = release;
    }

    @Override
    public void close() {
        if (!released) {
            released = true;
            release.run();
        }
    }
}
