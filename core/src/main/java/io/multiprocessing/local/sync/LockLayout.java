package io.multiprocessing.local.sync;

import io.multiprocessing.local.member.Owner;

/**
 * The bytes of a lock.
 *
 * <pre>
 *  offset  bytes  what
 *       0      4  the word: who holds the lock
 *       4      4  zero
 *       8      8  pid of the last process from which the lock was taken over
 *      16      8  when that was, in milliseconds of the epoch
 *
 *  word, bits     what
 *       0-29      {@link Owner} number of the process that holds the lock; 0 if it is free
 *         30      1 if the holder has taken it over from a process that died
 *         31      1 if somebody may sleep on the word
 * </pre>
 */
public final class LockLayout {
    public static final int BYTES = 24;

    static final long WORD = 0;
    static final long ABANDONED_PID = 8;
    static final long ABANDONED_MILLIS = 16;

    static final int OWNER_MASK = Owner.MASK;
    static final int ABANDONED = 1 << 30;
    static final int WAITERS = 1 << 31;

    private LockLayout() {}
}
