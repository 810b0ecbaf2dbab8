package io.multiprocessing.block;

import java.nio.ByteOrder;

/** A boolean as a word: the last of its eight bytes is 0 or not. */
final class Bool {
    private static final int SHIFT = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 56 : 0;

    private Bool() {}

    static long word(boolean truth) {
        return truth ? 1L << SHIFT : 0;
    }

    static boolean of(long word) {
        return (word >>> SHIFT & 0xff) != 0;
    }
}
