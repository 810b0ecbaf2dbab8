package io.multiprocessing.local.memory;

/**
 * The bytes of a value.
 *
 * <pre>
 *  offset  bytes  what
 *       0      8  {@link GuardLayout}: mode, typecode
 *       8      8  the value
 *      16     40  {@link GuardLayout}: lock
 * </pre>
 *
 * A long and the bits of a double take all 8 bytes of the value; an int, the bits of a float, and a short, byte, char
 * or boolean as an int take the first 4. A value with a typecode is a long: extended by its sign, by zeros if it has
 * none, and bits of floats by zeros.
 */
final class ValueCellLayout {
    static final long VALUE = 8;
    static final int BYTES = GuardLayout.BYTES;

    private ValueCellLayout() {}
}
