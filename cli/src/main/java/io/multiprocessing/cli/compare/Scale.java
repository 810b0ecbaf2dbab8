package io.multiprocessing.cli.compare;

import java.util.Arrays;

/**
 * A logarithmic scale between two powers of ten.
 *
 * @param from the exponent at its beginning
 * @param to the exponent at its end, greater than {@code from}
 */
record Scale(int from, int to) {
    private static final int MOST_LABELS = 6;

    /** The shortest that holds the numbers, which are greater than zero. */
    static Scale around(double... numbers) {
        int from = (int) Math.floor(Math.log10(Arrays.stream(numbers).min().orElseThrow()));
        int to = (int) Math.ceil(Math.log10(Arrays.stream(numbers).max().orElseThrow()));
        return new Scale(from, Math.max(to, from + 1));
    }

    /** Where a number lies: 0 at the beginning, 1 at the end. */
    double share(double number) {
        return (Math.log10(number) - from) / (to - from);
    }

    /** Each how many powers there is room for a label. */
    int step() {
        return (to - from) / MOST_LABELS + 1;
    }
}
