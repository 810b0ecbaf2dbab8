package io.multiprocessing.local.memory;

/**
 * The bytes of an array.
 *
 * <pre>
 *  offset  bytes  what
 *       0      8  {@link GuardLayout}: mode, typecode
 *       8      8  how many elements it has
 *      16     40  {@link GuardLayout}: lock
 *      56     56  zero
 *     112         the elements, then zeros up to a multiple of 8
 * </pre>
 *
 * The data of a cell begin 16 bytes behind a multiple of 64 bytes, so the elements begin on one: they can be loaded
 * into any vector register, and do not share a cache line with the lock. What follows them lets the last ones be set as
 * a part of the int around them.
 */
final class ArrayCellLayout {
    static final long LENGTH = 8;
    static final long ELEMENTS = 112;

    private ArrayCellLayout() {}

    static long bytes(int length, int elementBytes) {
        long elements = (long) length * elementBytes;
        return ELEMENTS + ((elements + Long.BYTES - 1) & -Long.BYTES);
    }
}
