package io.multiprocessing.local.sync;

import io.multiprocessing.local.member.Owner;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.SegmentStore;

/**
 * The bytes of a condition and of its waiter cells.
 *
 * <pre>
 *  offset  bytes  what
 *       0      4  {@link ObjectKind} number of the lock
 *       4      4  the next ticket
 *       8      8  segment of the lock
 *      16      8  offset of the lock
 *      24      4  how many processes sleep
 *      28      4  zero
 *      32     64  16 wake words: processes whose numbers end in the same 4 bits sleep on the same one
 *      96    272  the first block, of 32 cells
 *     368     40  the lock, if the condition has one of its own: header and data
 *
 *  block, offset  what
 *       0      8  offset of the next block
 *       8      8  segment of the next block; 0 if there is none
 *      16    8*n  n waiter cells; 256 in each block but the first
 *
 *  waiter cell, bits
 *        0-1      state: FREE 0, WAITING 1, SIGNALLED 2; a free cell is all zeros
 *       2-31      WAITING: the waiter's ticket; SIGNALLED: the next ticket when it was signalled
 *      32-61      {@link Owner} number of the waiter's process
 * </pre>
 */
public final class ConditionLayout {
    /** Of a condition of a lock that exists. */
    public static final long BYTES = 368;

    /** Of a condition with a lock of its own. */
    public static final long BYTES_WITH_LOCK = BYTES + SegmentStore.EMBEDDED_HEADER_BYTES + LockLayout.BYTES;

    static final long LOCK_KIND = 0;
    static final long NEXT_TICKET = 4;
    static final long LOCK_SEGMENT = 8;
    static final long LOCK_OFFSET = 16;
    static final long SLEEPERS = 24;
    static final long WAKE_WORDS = 32;
    static final long FIRST_BLOCK = 96;
    static final long OWN_LOCK = BYTES;

    static final int WAKE_WORD_COUNT = 16;

    static final long BLOCK_NEXT_OFFSET = 0;
    static final long BLOCK_NEXT_SEGMENT = 8;
    static final long BLOCK_CELLS = 16;
    static final int FIRST_BLOCK_CELLS = 32;
    static final int OTHER_BLOCK_CELLS = 256;
    static final long OTHER_BLOCK_BYTES = BLOCK_CELLS + OTHER_BLOCK_CELLS * (long) Long.BYTES;

    static final int STATE_MASK = 3;
    static final int FREE = 0;
    static final int WAITING = 1;
    static final int SIGNALLED = 2;
    static final int TICKET_SHIFT = 2;
    static final int OWNER_SHIFT = 32;

    private ConditionLayout() {}

    /** Which of the wake words a process sleeps on. */
    static int wakeWordOf(int owner) {
        return owner % WAKE_WORD_COUNT;
    }

    static long wakeWord(int index) {
        return WAKE_WORDS + (long) Integer.BYTES * index;
    }
}
