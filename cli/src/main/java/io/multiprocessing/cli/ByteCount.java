package io.multiprocessing.cli;

import java.util.Locale;

/** Numbers of bytes, for people. */
final class ByteCount {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
    private static final int STEP = 1000;

    private ByteCount() {}

    /** Three digits and a unit. */
    static String text(long bytes) {
        double number = bytes;
        int unit = 0;
        while (number >= STEP - 0.5 && unit < UNITS.length - 1) {
            number /= STEP;
            unit++;
        }
        int decimals = unit == 0 || number >= 99.95 ? 0 : number >= 9.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f %s", number, UNITS[unit]);
    }
}
