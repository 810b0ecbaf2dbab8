package io.multiprocessing.local.queue;

import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.CellId;
import io.multiprocessing.local.sync.LockLayout;

/**
 * The bytes of a queue: what producers, consumers and waiters write lies two cache lines apart.
 *
 * <pre>
 *  offset  bytes  what
 *       0      4  most messages; 0 if not bounded
 *       4      4  zero
 *       8      8  most bytes
 *
 *     112     24  the producers' lock
 *     136      8  the segment of the ring to put into; 0 before the first put
 *     144      8  bytes that were ever spilled to files
 *     152      8  the segment of the last ring that somebody began to make; 0 if none
 *     160      4  the last process that began to write the file of a large message; 0 if none does
 *     164      4  zero
 *
 *     240     24  the consumers' lock
 *     264      8  the segment of the ring to get from; 0 before the first put
 *     272      8  of the bytes ever spilled, those that have been taken
 *     280      8  the segment of the last ring that somebody began to remove; 0 if none
 *     288      4  the last process that began to read the file of a large message; 0 if none does
 *     292      4  zero
 *
 *     368      4  state: OPEN, DRAINING or SHUT_DOWN
 *     372      4  what consumers sleep on
 *     376      4  what producers sleep on
 *     380      4  what joiners sleep on
 *
 *     496      4  how many messages have been dealt with, modulo 2^32
 *     500      4  zero
 * </pre>
 */
final class QueueLayout {
    static final int OPEN = 0;
    static final int DRAINING = 1;
    static final int SHUT_DOWN = 2;

    static final long MOST_MESSAGES = 0;
    static final long MOST_BYTES = 8;

    static final long PUT_LOCK = 112;
    static final long PUT_RING = PUT_LOCK + LockLayout.BYTES;
    static final long SPILLED = PUT_RING + 8;
    static final long MAKING = SPILLED + 8;
    static final long WRITING = MAKING + 8;

    static final long GET_LOCK = 240;
    static final long GET_RING = GET_LOCK + LockLayout.BYTES;
    static final long UNSPILLED = GET_RING + 8;
    static final long REMOVING = UNSPILLED + 8;
    static final long READING = REMOVING + 8;

    static final long STATE = 368;
    static final long GET_WAIT = 372;
    static final long PUT_WAIT = 376;
    static final long JOIN_WAIT = 380;

    static final long DONE = 496;

    static final long BYTES = 504;

    private QueueLayout() {}

    /** One of a queue's locks as a cell of its own. */
    static Cell part(Cell queue, long at) {
        CellId id = new CellId(queue.id().segment(), queue.id().offset() + at);
        return new Cell(id, queue.memory(), queue.offset() + at, LockLayout.BYTES);
    }
}
