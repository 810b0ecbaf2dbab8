package io.multiprocessing.pool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What the JVMs of workers write when they crash, in the folder for files that pass. The pool takes it away when it has read it. */
final class ErrorReports {
    private static final int MOST_CHARACTERS = 20_000;
    private static final String PREFIX = "multiprocessing-crash-";

    private ErrorReports() {}

    /** Where reports go; null if there is no folder for files that pass. */
    static @Nullable Path folder() {
        String temporary = System.getProperty("java.io.tmpdir");
        return temporary == null || temporary.isEmpty() ? null : Path.of(temporary);
    }

    static String option(Path folder) {
        return "-XX:ErrorFile=" + folder.resolve(PREFIX + "%p.log");
    }

    /** Reads and removes the report of a process; empty if there is none. */
    static String take(@Nullable Path folder, long pid) {
        if (folder == null) {
            return "";
        }
        Path file = folder.resolve(PREFIX + pid + ".log");
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
