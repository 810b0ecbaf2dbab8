package io.multiprocessing.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connection with the statements that were prepared on it, used by one thread at a time. */
final class Session {
    private final KeptStatements connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    Session(KeptStatements connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        return statement;
    }

    /** Runs a statement that has neither parameters nor a result. */
    void execute(String sql) throws SQLException {
        connection.run(sql);
    }

    void close() {
        try {
            connection.close();
        } catch (SQLException unusable) {
            // What was committed is committed.
        }
    }

    /** What is done with a session. */
    @FunctionalInterface
    interface Work<T> {
        @Nullable
        T run(Session session) throws SQLException;
    }

    /** What counts, or says how many rows it has changed. */
    @FunctionalInterface
    interface Count {
        int run(Session session) throws SQLException;
    }
}
