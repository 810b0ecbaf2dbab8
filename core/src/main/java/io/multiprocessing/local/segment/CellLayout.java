package io.multiprocessing.local.segment;

/**
 * The bytes before the data of an object.
 *
 * <pre>
 *  offset  bytes  what
 *       0      4  kind of the object; 0 where no object has been made
 *       4      4  zero
 *       8      8  bytes of data
 *      16         the data
 * </pre>
 *
 * The kind is stored last, with release order: an object that can be found is complete.
 */
final class CellLayout {
    static final long KIND_OFFSET = 0;
    static final long SIZE_OFFSET = 8;
    static final int HEADER_BYTES = 16;

    /** Two cache lines, because processors fetch lines in pairs: objects don't disturb each other. */
    static final int ALIGNMENT_BYTES = 128;

    private CellLayout() {}
}
