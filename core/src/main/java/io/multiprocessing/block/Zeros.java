package io.multiprocessing.block;

import java.util.Arrays;

/** The zeros behind a text, bytes or a format. Python takes all of them for no part of it. */
final class Zeros {
    private Zeros() {}

    static int lengthWithout(byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == 0) {
            length--;
        }
        return length;
    }

    static byte[] cutOff(byte[] bytes) {
        return Arrays.copyOf(bytes, lengthWithout(bytes));
    }
}
