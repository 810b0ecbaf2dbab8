package io.multiprocessing.sqlite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** What SQLite says, in words that say what to do. */
final class Failures {
    private static final int BUSY = 5;
    private static final int LOCKED = 6;
    private static final int READONLY = 8;
    private static final int IOERR = 10;
    private static final int CORRUPT = 11;
    private static final int FULL = 13;
    private static final int CANTOPEN = 14;
    private static final int TOOBIG = 18;
    private static final int NOTADB = 26;
    private static final int PRIMARY = 0xff;

    private Failures() {}

    static boolean isBusy(SQLException failure) {
        int code = failure.getErrorCode() & PRIMARY;
        return code == BUSY || code == LOCKED;
    }

    static DatabaseException told(Path path, SQLException failure) {
        String what = switch (failure.getErrorCode() & PRIMARY) {
            case BUSY, LOCKED -> "it is busy: another program has kept it locked all the time";
            case READONLY -> "it is read-only";
            case IOERR -> "its disk fails";
            case CORRUPT -> "it is damaged; PRAGMA integrity_check says more";
            case FULL -> "the disk is full; nothing was changed";
            case CANTOPEN -> "it can't be opened or created there: " + obstacle(path);
            case TOOBIG -> "a value is too large";
            case NOTADB -> "it is no SQLite database";
            default -> "it refuses";
        };
        return new DatabaseException("the database " + path + ": " + what + " (" + failure.getMessage() + ")", failure);
    }

    private static String obstacle(Path path) {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            return "its folder is not there";
        }
        if (folder != null && !Files.isWritable(folder)) {
            return "its folder is read-only";
        }
        return "perhaps it belongs to somebody else, or too many files are open";
    }
}
