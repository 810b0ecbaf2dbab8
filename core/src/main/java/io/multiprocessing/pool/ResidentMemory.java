package io.multiprocessing.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory a process takes, as the system tells it. Source: proc_pid_status(5). */
final class ResidentMemory {
    private static final Path PROCESSES = Path.of("/proc");
    private static final String FIELD = "VmRSS:";

    private ResidentMemory() {}

    static boolean isKnown() {
        return Files.isReadable(PROCESSES.resolve("self/status"));
    }

    /** Zero if the process is gone. */
    static long bytes(long pid) {
        try {
            for (String line : Files.readAllLines(PROCESSES.resolve(pid + "/status"))) {
                if (line.startsWith(FIELD)) {
                    String kilobytes =
                            line.substring(FIELD.length()).replace("kB", "").strip();
                    return Long.parseLong(kilobytes) << 10;
                }
            }
        } catch (IOException | NumberFormatException gone) {
            // It ended this moment.
        }
        return 0;
    }
}
