package io.multiprocessing.local.sync;

import io.multiprocessing.local.member.Owner;

/**
 * The bytes of a barrier for <i>n</i> parties. A pass is one filling of the barrier, however it ends.
 *
 * <pre>
 *  offset  bytes  what
 *       0      8  the phase
 *       8      4  how many processes sleep
 *      12      4  parties: n
 *      16      8  time limit in nanoseconds; Long.MAX_VALUE if there is none
 *      24      8  bytes of the action; 0 if there is none
 *      32   16*n  two banks of n party cells: of the passes with an even number, and of those with an odd one
 * 32+16*n         the action, as the codec writes tasks
 *
 *  phase, bits    what
 *          0      1 if the pass is broken
 *       1-31      number of the pass; who waits sleeps on the low 32 bits, which come first in memory
 *      32-63      how the 32 passes before it ended, the last one in the lowest bit: 1 if all went on, 0 if not
 *
 *  party cell, bits
 *       0-29      {@link Owner} number of the process that arrived
 *      32-63      stamp of the pass in which it arrived: the low 32 bits of the phase, bit 0 being 0
 * </pre>
 */
public final class BarrierLayout {
    static final long PHASE = 0;
    static final long SLEEPERS = 8;
    static final long PARTIES = 12;
    static final long TIMEOUT_NANOS = 16;
    static final long ACTION_BYTES = 24;
    static final long CELLS = 32;

    static final long NO_TIMEOUT = Long.MAX_VALUE;

    static final int STAMP_SHIFT = 32;

    private BarrierLayout() {}

    public static long bytes(int parties, int actionBytes) {
        return action(parties) + actionBytes;
    }

    static long action(int parties) {
        return CELLS + 2L * parties * Long.BYTES;
    }

    /** The cell of the party that is the {@code index}th to arrive in a pass. */
    static long cell(int stamp, int parties, int index) {
        return CELLS + ((long) BarrierPhase.bank(stamp) * parties + index) * Long.BYTES;
    }
}
