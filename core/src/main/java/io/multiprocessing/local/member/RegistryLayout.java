package io.multiprocessing.local.member;

import io.multiprocessing.local.segment.SegmentFile;

/**
 * The bytes of a context's registry, the segment {@code members}.
 *
 * <pre>
 *  offset  bytes  what
 *      64      4  state of the context: LIVE or REMOVED
 *      68      4  where to begin to look for a free slot
 *      72      8  when the context was made, in milliseconds of the epoch
 *      80      4  bytes of the context's name; 0 if it has none
 *      84    100  the name in UTF-8
 *     192      8  a random number, which tells the context from others that had or will have its name
 *     256         slots of 128 bytes each
 *
 *  slot    bytes  what
 *       0      8  state word: state in bits 0-7, generation in bits 8-31, who reserved the slot in bits 32-63
 *       8      8  pid
 *      16      8  zero
 *      24      8  when it joined, in milliseconds of the epoch
 *      32      4  the owner number of the process that started it; 0 if none did
 *      36      4  1 if it is a daemon
 *      40      4  number of the signal that made it shut down; 0 if none did
 *      44      4  zero
 *      48      4  bytes of its name
 *      52     76  the name in UTF-8, cut where it is longer
 * </pre>
 *
 * The file {@code locks} beside it is empty; its byte ranges are locked. Byte 0 is the gate, taken for a moment by who
 * opens, joins or removes the context. The two bytes from {@code 1 + 2 * slot} are held by the process in that slot as
 * long as it lives: one by a lock that Java can take by itself, one by a lock of the operating system's better kind.
 */
final class RegistryLayout {
    static final int KIND = 3;
    static final int SLOTS = 2048;

    static final long STATE = SegmentFile.DATA_OFFSET;
    static final long NEXT_SLOT = STATE + 4;
    static final long CREATED_MILLIS = STATE + 8;
    static final long NAME_LENGTH = STATE + 16;
    static final long NAME = STATE + 20;
    static final int NAME_BYTES = 100;
    static final long IDENTITY = STATE + 128;
    static final long FIRST_SLOT = 256;
    static final int SLOT_BYTES = 128;
    static final long BYTES = FIRST_SLOT + (long) SLOTS * SLOT_BYTES;

    static final int LIVE = 1;
    static final int REMOVED = 2;

    static final long SLOT_WORD = 0;
    static final long SLOT_PID = 8;
    static final long SLOT_JOINED_MILLIS = 24;
    static final long SLOT_PARENT = 32;
    static final long SLOT_DAEMON = 36;
    static final long SLOT_EXIT_SIGNAL = 40;
    static final long SLOT_NAME_LENGTH = 48;
    static final long SLOT_NAME = 52;
    static final int SLOT_NAME_BYTES = SLOT_BYTES - (int) SLOT_NAME;

    static final long GATE = 0;
    static final long FIRST_MEMBER_LOCK = 1;
    static final long LOCKS_PER_MEMBER = 2;

    private RegistryLayout() {}

    static long slot(int index) {
        return FIRST_SLOT + (long) index * SLOT_BYTES;
    }

    static long lock(int index) {
        return FIRST_MEMBER_LOCK + LOCKS_PER_MEMBER * index;
    }
}
