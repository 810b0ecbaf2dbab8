package io.multiprocessing.pool;

/**
 * Where a worker is, in one word of shared memory: the chunk, the input, and two marks. The worker moves from input to
 * input of a loose chunk by compare-and-set; so when the pool has set the mark REVOKED by one too, the worker begins no further
 * input of this chunk, and all that come behind are the pool's again.
 */
final class Position {
    /** For an order: whatever input of the chunk it is. */
    static final int WHOLE_CHUNK = -1;

    private static final long REVOKED = 1L << 31;
    private static final long DONE = 1L << 30;
    private static final long INDEX = DONE - 1;

    private Position() {}

    static long of(long chunk, int index) {
        return (chunk << 32) | (index & 0xffff_ffffL);
    }

    static boolean isOf(long position, long chunk) {
        return position >>> 32 == (chunk & 0xffff_ffffL);
    }

    static int index(long position) {
        return (int) (position & INDEX);
    }

    /** The input has been worked on; its result, or that of one before it, may be on the way. */
    static long done(long position) {
        return position | DONE;
    }

    static boolean isDone(long position) {
        return (position & DONE) != 0;
    }

    static long revoked(long position) {
        return position | REVOKED;
    }

    static boolean isRevoked(long position) {
        return (position & REVOKED) != 0;
    }

    static long withoutRevoked(long position) {
        return position & ~REVOKED;
    }
}
