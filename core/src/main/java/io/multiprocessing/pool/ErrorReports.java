package io.multiprocessing.pool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * What the JVMs of workers write when they crash, by default: a file in the directory in which they run, or where that can't
 * be, in that for files that pass. No option says where, for a worker with options of its own can't come from stand-by. The
 * pool takes the file away when it has read it.
 */
final class ErrorReports {
    private static final int MOST_CHARACTERS = 20_000;

    private ErrorReports() {}

    /** Reads and removes the report of a process; empty if there is none. */
    static String take(long pid) {
        String name = "hs_err_pid" + pid + ".log";
        for (Path folder : List.of(Path.of(""), Path.of(System.getProperty("java.io.tmpdir", "")))) {
            String report = take(folder.resolve(name));
            if (!report.isEmpty()) {
                return report;
            }
        }
        return "";
    }

    private static String take(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            Files.delete(file);
            return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
        } catch (NoSuchFileException noCrash) {
            return "";
        } catch (IOException unreadable) {
            return "the error report " + file + " can't be read: " + unreadable;
        }
    }
}
