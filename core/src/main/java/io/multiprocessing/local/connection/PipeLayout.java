package io.multiprocessing.local.connection;

import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.CellId;
import io.multiprocessing.local.segment.SegmentStore;
import io.multiprocessing.local.sync.LockLayout;

/**
 * The bytes of a pipe. What senders, receivers and waiters write lies two cache lines apart.
 *
 * <pre>
 *  offset  bytes  what
 *       0      4  bytes of each ring, a power of two
 *       4      4  1 if the pipe goes both ways, 0 if only from the second end to the first
 *       8     24  the lock of the holds
 *      48   2176  the first end
 *    2224   2176  the second end
 *    4400    384  the way from the first end to the second
 *    4784    384  the way from the second end to the first
 *    5168         the ring of the second way, and if the pipe goes both ways that of the first
 *
 *  an end
 *       0     16  header of a cell
 *      16      4  0 for the first end, 1 for the second
 *      20      4  1 when nobody holds the end any more, for good
 *      24      4  generation of the last hold
 *      32   2048  256 holds of 8 bytes each
 *
 *  a hold, bits
 *    0-29         number of the process that holds the end; 0 if there is no hold
 *   32-53         generation
 *
 *  a way
 *       0     24  the senders' lock
 *      24      8  the tail: how far has been sent
 *     128     24  the receivers' lock
 *     152      8  the head: how far has been received
 *     256      4  what receivers sleep on
 *     260      4  zero
 *     264      4  what senders sleep on
 *     268      4  zero
 *
 *  tail and head, bits
 *       0         1 in the middle of a message: its last part has not been sent, or not been received
 *    3-63         how many bytes of the ring have ever been used, padding included
 *
 *  a part of a message, on a multiple of 8 bytes
 *       0      4  how many bytes of the message it holds
 *       4      4  WHOLE, FIRST, NEXT or LAST
 *       8      8  bytes of the whole message
 *      16         the bytes, which may go on at the beginning of the ring
 * </pre>
 */
final class PipeLayout {
    static final int WHOLE = 1;
    static final int FIRST = 2;
    static final int NEXT = 3;
    static final int LAST = 4;

    static final int RING_BYTES = 128 * 1024;

    static final long CAPACITY = 0;
    static final long DUPLEX = 4;
    static final long HOLDS_LOCK = 8;

    static final int CELL_HEADER_BYTES = SegmentStore.EMBEDDED_HEADER_BYTES;
    static final long INDEX = CELL_HEADER_BYTES;
    static final long ENDED = INDEX + 4;
    static final long LAST_GENERATION = ENDED + 4;
    static final long HOLDS = INDEX + 16;
    static final int MOST_HOLDS = 256;
    static final long END_BYTES = 2176;

    static final long SEND_LOCK = 0;
    static final long TAIL = 24;
    static final long RECEIVE_LOCK = 128;
    static final long HEAD = 152;
    static final long DATA_WORD = 256;
    static final long ROOM_WORD = 264;
    static final long WAY_BYTES = 384;

    static final long PART_LENGTH = 0;
    static final long PART_KIND = 4;
    static final long PART_TOTAL = 8;
    static final int PART_HEADER_BYTES = 16;

    static final long MIDDLE = 1;

    private static final long FIRST_END = 48;
    private static final long FIRST_WAY = FIRST_END + 2 * END_BYTES;
    private static final long FIRST_RING = FIRST_WAY + 2 * WAY_BYTES;

    private PipeLayout() {}

    static long bytes(boolean duplex) {
        return FIRST_RING + (long) RING_BYTES * (duplex ? 2 : 1);
    }

    static long end(int index) {
        return FIRST_END + index * END_BYTES;
    }

    /** The way of what is sent at an end. */
    static long way(int fromEnd) {
        return FIRST_WAY + fromEnd * WAY_BYTES;
    }

    static long ring(int fromEnd, long capacity) {
        return FIRST_RING + (1 - fromEnd) * capacity;
    }

    /** Where bytes are counted to, whole words that they take. */
    static long padded(long bytes) {
        return (bytes + Long.BYTES - 1) & -Long.BYTES;
    }

    static long position(long word) {
        return word & -Long.BYTES;
    }

    /** One of a pipe's locks as a cell of its own. */
    static Cell lock(Cell pipe, long at) {
        CellId id = new CellId(pipe.id().segment(), pipe.offset() + at);
        return new Cell(id, pipe.memory(), pipe.offset() + at, LockLayout.BYTES);
    }
}
