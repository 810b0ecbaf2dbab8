package io.multiprocessing.local.os;

/**
 * Locks on byte ranges of one open file, owned by the opening: two openings exclude each other, also within one
 * process.
 */
public interface RangeLocks extends AutoCloseable {
    /** Locks a range for writing if nobody holds a part of it. */
    boolean tryLock(long position, long length);

    /** Locks a range for writing; waits for those who hold a part of it. Not interruptible. */
    void lock(long position, long length);

    void unlock(long position, long length);

    /** Whether any other opening, in any process, holds a part of the range. A length of 0 means to the end. */
    boolean isHeld(long position, long length);

    @Override
    void close();
}
