package io.multiprocessing.local.segment;

/**
 * The bytes at the start of every segment file.
 *
 * <pre>
 *  offset  bytes  what
 *       0      8  magic: "MPJAVA" and two zero bytes, native byte order
 *       8      4  layout version
 *      12      4  kind: which layout follows
 *      16      8  size of the file in bytes
 *      24     40  zero
 *      64         what the kind says
 * </pre>
 *
 * All of it is written before the file has its name, and never again.
 */
final class SegmentLayout {
    static final long MAGIC = 0x0000_4156_414A_504DL;
    static final int VERSION = 1;

    static final long MAGIC_OFFSET = 0;
    static final long VERSION_OFFSET = 8;
    static final long KIND_OFFSET = 12;
    static final long SIZE_OFFSET = 16;
    static final int HEADER_BYTES = 64;

    private SegmentLayout() {}
}
