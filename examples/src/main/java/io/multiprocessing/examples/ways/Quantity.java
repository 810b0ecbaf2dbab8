package io.multiprocessing.examples.ways;

import java.util.Locale;

/** Numbers for people: two digits or more, and a unit of the right size. */
final class Quantity {
    private Quantity() {}

    static String ofNanos(double nanos) {
        if (nanos < 1e3) {
            return digits(nanos) + " ns";
        }
        return nanos < 1e6 ? digits(nanos / 1e3) + " us" : digits(nanos / 1e6) + " ms";
    }

    static String scaled(double number, String unit) {
        if (number < 1e3) {
            return digits(number) + " " + unit;
        }
        if (number < 1e6) {
            return digits(number / 1e3) + " k" + unit;
        }
        return number < 1e9 ? digits(number / 1e6) + " M" + unit : digits(number / 1e9) + " G" + unit;
    }

    private static String digits(double number) {
        return String.format(Locale.ROOT, number < 9.95 ? "%.1f" : "%.0f", number);
    }
}
