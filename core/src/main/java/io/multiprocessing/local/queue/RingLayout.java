package io.multiprocessing.local.queue;

/**
 * The bytes of a ring.
 *
 * <pre>
 *  offset  bytes  what
 *       0      8  bytes of the data, a power of two
 *       8      8  the segment of the next ring; 0 if there is none yet
 *      16      8  bytes of the data of this and all rings that were before it
 *     112      8  the tail: how far has been put
 *     240      8  the head: how far has been got
 *     368         the data
 *
 *  tail and head, bits
 *    0-31         position in the data, in units of 8 bytes, modulo 2^32
 *   32-63         number of messages since the queue was made, modulo 2^32
 *
 *  a record, on a multiple of 8 bytes
 *       0      4  bytes of what follows, times 4, plus MESSAGE, or RAW if the message is an array of bytes, which follow as
 *                 they are, or KEPT if something is kept for who will read it, or SPILL if it is in a file of its own
 *       4         the message, which may go on at the beginning of the data
 *
 *  of a spilled message there follows
 *       4      4  bytes of the message
 *       8      8  how many bytes were ever spilled, its own included; it may lie at the beginning of the data
 * </pre>
 */
final class RingLayout {
    static final int MESSAGE = 0;
    static final int SPILL = 1;
    static final int RAW = 2;
    static final int KEPT = 3;

    static final long CAPACITY = 0;
    static final long NEXT = 8;
    static final long SUM = 16;
    static final long TAIL = 112;
    static final long HEAD = 240;
    static final long DATA = 368;

    static final int UNIT_BYTES = 8;
    static final int RECORD_HEADER_BYTES = 4;
    static final int SPILL_BYTES = 12;

    private RingLayout() {}

    static long word(int messages, int position) {
        return (long) messages << 32 | Integer.toUnsignedLong(position);
    }

    static int messages(long word) {
        return (int) (word >>> 32);
    }

    static int position(long word) {
        return (int) word;
    }

    /** How many units a record takes that holds so many bytes after its header. */
    static int units(int bytes) {
        return (RECORD_HEADER_BYTES + bytes + UNIT_BYTES - 1) / UNIT_BYTES;
    }

    /** What stands before what follows. */
    static int header(int kind, int length) {
        return length << 2 | kind;
    }

    static int length(int header) {
        return header >>> 2;
    }

    static boolean isSpill(int header) {
        return (header & 3) == SPILL;
    }

    static boolean isRaw(int header) {
        return (header & 3) == RAW;
    }

    static boolean isKept(int header) {
        return (header & 3) == KEPT;
    }

    /** The word behind a record that holds so many bytes. */
    static long after(long word, int bytes) {
        return word(messages(word) + 1, position(word) + units(bytes));
    }
}
