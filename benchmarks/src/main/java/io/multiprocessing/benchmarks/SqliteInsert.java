package io.multiprocessing.benchmarks;

import io.multiprocessing.Context;
import io.multiprocessing.sqlite.SharedDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** Rows are inserted into a table, one a transaction, on both sides with a write-ahead log and {@code synchronous=NORMAL}. */
final class SqliteInsert extends WriteRace {
    private static final int ROWS = 30_000;

    SqliteInsert() {
        super(ROWS, "sqlite");
    }

    @Override
    public String name() {
        return "sqlite-insert";
    }

    @Override
    public String description() {
        return "2 processes insert into a SQLite table, one row a transaction";
    }

    @Override
    public String unit() {
        return "rows/s";
    }

    @Override
    Place place(Context mp, BenchFolder folder) throws InterruptedException {
        var database = SharedDatabase.open(folder.file("rows.db"));
        database.inTransaction(connection -> execute(connection, "CREATE TABLE t (id INTEGER PRIMARY KEY, x)"));
        return new Table(database);
    }

    private record Table(SharedDatabase database) implements Place {
        @Override
        public void clear() throws InterruptedException {
            database.inTransaction(connection -> execute(connection, "DELETE FROM t"));
        }

        @Override
        public Race.Racer writer() {
            String path = database.path().toString();
            return () -> {
                var own = SharedDatabase.open(Path.of(path));
                return () -> {
                    for (int i = 0; i < BATCH; i++) {
                        own.inTransaction(SqliteInsert::insert);
                    }
                };
            };
        }

        @Override
        public int count() throws InterruptedException {
            return database.inTransaction(connection -> {
                try (var statement = connection.createStatement();
                        var row = statement.executeQuery("SELECT count(*) FROM t")) {
                    row.next();
                    return row.getInt(1);
                }
            });
        }

        @Override
        public void close() {
            database.close();
        }
    }

    private static int insert(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("INSERT INTO t (x) VALUES (?)")) {
            statement.setString(1, "a row");
            return statement.executeUpdate();
        }
    }

    private static int execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }
}
