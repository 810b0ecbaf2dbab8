package io.multiprocessing.local.memory;

/**
 * The bytes at the start of every value and array: which lock guards it.
 *
 * <pre>
 *  offset  bytes  what
 *       0      4  0 = made raw, 1 = a lock of its own, 2 = a given lock
 *       4      4  typecode; 0 for the typed values and arrays
 *       8      8  what {@link ValueCellLayout} or {@link ArrayCellLayout} says
 *      16     40  if it has a lock of its own: that lock, embedded, its header first
 *      16      4  if the lock was given: kind of the lock
 *      24      8  its segment
 *      32      8  its offset there
 * </pre>
 *
 * All of it is written before the object can be found, and never again, but for the state of its own lock.
 */
final class GuardLayout {
    static final int RAW = 0;
    static final int OWN = 1;
    static final int GIVEN = 2;

    static final long MODE = 0;
    static final long TYPECODE = 4;
    static final long OWN_LOCK = 16;
    static final long GIVEN_KIND = 16;
    static final long GIVEN_SEGMENT = 24;
    static final long GIVEN_OFFSET = 32;

    static final int OWN_LOCK_BYTES = 24;
    static final int BYTES = 56;

    private GuardLayout() {}
}
