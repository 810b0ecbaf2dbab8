package io.multiprocessing.threads;

import io.multiprocessing.Lock;

/** What a condition needs of its lock. */
interface ConditionLock extends Lock {
    /** @throws IllegalMonitorStateException if the caller does not hold the lock */
    void checkHeld();

    /** Releases the lock however often it is held, and says how often that was. */
    int releaseFully();

    /** Acquires the lock as often as it was held; an interrupt is kept for later. */
    void acquireAgain(int depth);
}
