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
 *       0      4  bytes of the message
 *       4      4  MESSAGE, or SPILL if the message is in a file of its own
 *       8         the message, which may go on at the beginning of the data; or of a spilled one 8 bytes: how many were
 *                 ever spilled, this one included
 * </pre>
 */
final class RingLayout {
    static final int MESSAGE = 0;
    static final int SPILL = 1;

    static final long CAPACITY = 0;
    static final long NEXT = 8;
    static final long SUM = 16;
    static final long TAIL = 112;
    static final long HEAD = 240;
    static final long DATA = 368;

    static final int UNIT_BYTES = 8;
    static final int RECORD_HEADER_BYTES = 8;
    static final int SPILL_BYTES = 8;

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

    /** How many units a record of a message takes. */
    static int units(int bytes) {
        return (RECORD_HEADER_BYTES + bytes + UNIT_BYTES - 1) / UNIT_BYTES;
    }

    /** The word behind a record that holds so many bytes. */
    static long after(long word, int bytes) {
        return word(messages(word) + 1, position(word) + units(bytes));
    }
}
