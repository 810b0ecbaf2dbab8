package io.multiprocessing.sqlite;

import java.sql.SQLException;

/**
 * A database can't do what was asked: it is busy, full, read-only, damaged, of a later version, or no database. The
 * message says which; the cause is what SQLite said, if it was asked. What was to be changed has not been.
 */
public class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DatabaseException(String message) {
        super(message);
    }

    public DatabaseException(String message, SQLException cause) {
        super(message, cause);
    }
}
