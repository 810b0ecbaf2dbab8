package io.multiprocessing.benchmarks;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.benchmarks.harness.Benchmark;
import io.multiprocessing.benchmarks.harness.Effort;
import io.multiprocessing.benchmarks.harness.Peer;
import io.multiprocessing.sqlite.SharedDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Two processes insert rows into one table, one row a transaction. Both sides have a write-ahead log, and leave it to the
 * kernel when it comes to the disk ({@code synchronous=NORMAL}). A table that has not all rows fails the row.
 */
final class SqliteInsert implements Benchmark {
    private static final int PROCESSES = 2;
    private static final int ROWS = 30_000;
    private static final int BATCH = 100;

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
    public boolean isMoreBetter() {
        return true;
    }

    @Override
    public double ours(Effort effort) throws Exception {
        try (var folder = BenchFolder.create();
                var mp = Multiprocessing.open();
                var database = SharedDatabase.open(folder.file("rows.db"))) {
            database.inTransaction(connection -> execute(connection, "CREATE TABLE t (id INTEGER PRIMARY KEY, x)"));
            String path = database.path().toString();
            int batches = effort.operations(ROWS) / BATCH;
            double seconds = Race.seconds(
                    mp,
                    effort,
                    PROCESSES,
                    batches,
                    () -> database.inTransaction(connection -> execute(connection, "DELETE FROM t")),
                    () -> {
                        var own = SharedDatabase.open(Path.of(path));
                        return () -> {
                            for (int i = 0; i < BATCH; i++) {
                                own.inTransaction(SqliteInsert::insert);
                            }
                        };
                    });
            int total = PROCESSES * batches * BATCH;
            int rows = database.inTransaction(SqliteInsert::count);
            if (rows != total) {
                throw new IllegalStateException("the table has " + rows + " rows, not " + total);
            }
            return total / seconds;
        }
    }

    @Override
    public Peer peer() {
        return new Peer.Script(
                "sqlite_insert.py",
                effort -> List.of(effort.warmUp(), effort.operations(ROWS) / BATCH, effort.roundLimit()));
    }

    private static int insert(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("INSERT INTO t (x) VALUES (?)")) {
            statement.setString(1, "a row");
            return statement.executeUpdate();
        }
    }

    private static int count(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM t")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static int execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }
}
