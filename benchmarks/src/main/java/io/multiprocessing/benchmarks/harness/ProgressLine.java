package io.multiprocessing.benchmarks.harness;

import java.io.PrintWriter;

/** A line on the terminal that says what is going on, and goes when there is something better to show. */
public final class ProgressLine {
    private static final String BEGIN_AND_ERASE = "\r\033[K";

    private final PrintWriter out;
    private final boolean isShown;

    /** @param isShown false where {@code out} is not a terminal: nothing is written then */
    public ProgressLine(PrintWriter out, boolean isShown) {
        this.out = out;
        this.isShown = isShown;
    }

    void show(String text) {
        if (isShown) {
            out.print(BEGIN_AND_ERASE + text + "…");
            out.flush();
        }
    }

    void clear() {
        if (isShown) {
            out.print(BEGIN_AND_ERASE);
            out.flush();
        }
    }
}
