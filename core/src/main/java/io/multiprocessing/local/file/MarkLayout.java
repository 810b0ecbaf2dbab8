package io.multiprocessing.local.file;

import java.lang.foreign.ValueLayout;

/**
 * The bytes of a mark file: what somebody is about to do to the file beside it, and whose turn it is to append.
 *
 * <pre>
 * offset bytes what
 *      0     8 "MPMARK", a zero byte, version 1
 *      8     8 state: 0 nothing, 1 appends, 2 replaces
 *     16     8 number of the file (inode) that is appended to
 *     24     8 its size before
 *     32     8 how many bytes are appended
 *     40     8 how often somebody who waits has asked for the lock; a hint, see {@link Turns}
 *     48     8 how often the lock was taken in order to append; a hint
 *     56     8 when it was last left to those who do not ask, on the monotonic clock; a hint
 * </pre>
 */
final class MarkLayout {
    static final long MAGIC = 0x4d50_4d41_524b_0001L; // big-endian, as one reads it
    static final long MAGIC_AT = 0;
    static final long STATE = 8;
    static final long INODE = 16;
    static final long SIZE_BEFORE = 24;
    static final long LENGTH = 32;
    static final long ASKED = 40;
    static final long TURN = 48;
    static final long BREATH = 56;
    static final int BYTES = 64;

    static final long NOTHING = 0;
    static final long APPENDS = 1;
    static final long REPLACES = 2;

    static final ValueLayout.OfLong BIG_ENDIAN = ValueLayout.JAVA_LONG.withOrder(java.nio.ByteOrder.BIG_ENDIAN);

    private MarkLayout() {}
}
