package io.multiprocessing.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Statements on a connection that is there, or on a file: from outside, as other programs give them. */
final class Sql {
    private Sql() {}

    static int execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    static int execute(Path file, String sql) throws SQLException {
        try (Connection connection = connect(file)) {
            return execute(connection, sql);
        }
    }

    static int number(Connection connection, String sql) throws SQLException {
        return Integer.parseInt(text(connection, sql));
    }

    static int number(Path file, String sql) throws SQLException {
        return Integer.parseInt(text(file, sql));
    }

    static String text(Path file, String sql) throws SQLException {
        try (Connection connection = connect(file)) {
            return text(connection, sql);
        }
    }

    static Connection connect(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }
}
