package io.multiprocessing;

/**
 * A {@link Lock} with an owner, a thread of a process, which may acquire it again; it is free when it was released as
 * often as acquired. Only the owner may release it.
 *
 * <p>Crash effects: as those of {@link Lock}; however deep it was held, it is taken over at once.
 *
 * <p>Source: Python's {@code multiprocessing.RLock}.
 */
public interface RLock extends Lock {
    /**
     * Releases the lock once.
     *
     * @throws IllegalMonitorStateException if the calling thread does not own it
     */
    @Override
    void release();

    /** How often the calling thread holds the lock; 0 if it does not own it. */
    int holdCount();

    /** Whether the calling thread owns the lock. */
    default boolean isHeldByCurrentThread() {
        return holdCount() > 0;
    }
}
