package io.multiprocessing.examples;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import io.multiprocessing.sqlite.SharedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;

/**
 * A database as the place to share. Five processes make the table, if it is not there yet, and insert a row each, all in one
 * transaction; a process that was killed in it would have left nothing. The parent reads through a pool of connections.
 *
 * <p>The Python idea: {@code sqlite3.connect(path)} in each process.
 */
public final class InsertIntoDatabase {
    private InsertIntoDatabase() {}

    public static void main(String[] args) throws IOException, InterruptedException, SQLException {
        var folder = Files.createTempDirectory("shared-");
        try (var mp = Multiprocessing.open()) {
            var path = folder.resolve("rows.db").toString();

            var writers = new ArrayList<Process>();
            for (int i = 0; i < 5; i++) {
                int number = i;
                writers.add(mp.process(() -> insert(path, number)).start());
            }
            for (var writer : writers) {
                writer.join();
            }

            print(path);
        } finally {
            AppendToFileUnderLock.remove(folder);
        }
    }

    private static void insert(String path, int number) throws InterruptedException {
        try (var database = SharedDatabase.open(Path.of(path))) {
            database.inTransaction(connection -> {
                try (var statement = connection.createStatement()) {
                    statement.executeUpdate("CREATE TABLE IF NOT EXISTS visit (worker INTEGER, pid INTEGER)");
                }
                try (var insert = connection.prepareStatement("INSERT INTO visit VALUES (?, ?)")) {
                    insert.setInt(1, number);
                    insert.setLong(2, ProcessHandle.current().pid());
                    return insert.executeUpdate();
                }
            });
        }
    }

    private static void print(String path) throws SQLException {
        try (var database = SharedDatabase.open(Path.of(path));
                var connection = database.dataSource().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT worker, pid FROM visit ORDER BY worker")) {
            int rows = 0;
            while (row.next()) {
                System.out.println("Worker " + row.getInt(1) + " was process " + row.getLong(2));
                rows++;
            }
            System.out.println("Rows: " + rows);
        }
    }
}
