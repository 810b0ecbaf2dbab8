package io.multiprocessing.testkit.local;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The interrupt that a terminal sends, SIGINT. */
final class Interrupts {
    static final int SIGINT = 2;

    private static final String IGNORED = "SigIgn:";

    private Interrupts() {}

    /** A shell has what it starts in the background ignore them, and so does all that is started from there. */
    static void assumeHeeded() throws IOException {
        String signals = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith(IGNORED))
                .findAny()
                .orElseThrow()
                .substring(IGNORED.length())
                .strip();
        assumeFalse(
                (Long.parseUnsignedLong(signals, 16) >> (SIGINT - 1) & 1) == 1,
                "this JVM was started to ignore interrupts");
    }
}
