package io.multiprocessing.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import io.multiprocessing.testkit.jvm.Await;
import io.multiprocessing.testkit.jvm.JavaProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that several processes use, and what becomes of a bad one. */
class SharedDatabaseTest {
    @TempDir
    Path folder;

    private Path path;
    private SharedDatabase database;

    @BeforeEach
    void open() {
        path = folder.resolve("shop.db");
        database = SharedDatabase.open(path);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatIsDoneInATransactionIsDone() throws Exception {
        int rows = database.inTransaction(connection -> {
            execute(connection, "CREATE TABLE t (x)");
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate("INSERT INTO t VALUES (1), (2)");
            }
        });
        assertThat(rows).isEqualTo(2);
        assertThat(numberFromOutside("SELECT sum(x) FROM t")).isEqualTo(3);
    }

    @Test
    void nothingIsDone_whenTheWorkThrows() throws Exception {
        database.inTransaction(connection -> execute(connection, "CREATE TABLE t (x)"));
        DurableDict<String, Integer> dict = database.durableDict("d", String.class, Integer.class);
        assertThatThrownBy(() -> database.inTransaction(connection -> {
                    execute(connection, "INSERT INTO t VALUES (1)");
                    dict.put("a", 1);
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no");
        assertThatThrownBy(() -> database.inTransaction(connection -> {
                    dict.put("a", 1);
                    return execute(connection, "INSERT INTO nowhere VALUES (1)");
                }))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("no such table: nowhere")
                .hasMessageContaining(path.toString());
        assertThat(dict).isEmpty();
        assertThat(numberFromOutside("SELECT count(*) FROM t")).isZero();
    }

    @Test
    void aTransactionWithinBelongsToTheOuterOne() throws Exception {
        database.inTransaction(connection -> execute(connection, "CREATE TABLE t (x)"));
        DurableQueue<String> queue = database.durableQueue("q", String.class);
        DurableDict<String, Integer> dict = database.durableDict("d", String.class, Integer.class);
        queue.put("message");
        database.inTransaction(connection -> {
            assertThat(queue.poll()).isEqualTo("message");
            dict.put("done", 1);
            try {
                return database.inTransaction(inner -> {
                    assertThat(inner).isSameAs(connection);
                    return execute(inner, "INSERT INTO t VALUES (1)");
                });
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        });
        assertThat(queue).isEmpty();
        assertThat(dict).containsEntry("done", 1);
        assertThat(numberFromOutside("SELECT count(*) FROM t")).isEqualTo(1);
    }

    @Test
    void transactionsOfSeveralProcessesAreNotLost() throws Exception {
        database.inTransaction(connection -> {
            execute(connection, "CREATE TABLE account (balance INTEGER)");
            return execute(connection, "INSERT INTO account VALUES (0)");
        });
        String at = path.toString();
        try (var mp = Multiprocessing.open()) {
            List<Process> workers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                workers.add(mp.process(() -> addOnes(at)).start());
            }
            for (Process worker : workers) {
                assertThat(worker.join(Await.LIMIT)).isTrue();
                assertThat(worker.exitCode()).hasValue(0);
            }
        }
        assertThat(numberFromOutside("SELECT balance FROM account")).isEqualTo(300);
    }

    private static void addOnes(String at) throws InterruptedException {
        try (SharedDatabase own = SharedDatabase.open(Path.of(at))) {
            for (int i = 0; i < 100; i++) {
                own.inTransaction(connection -> {
                    int balance = number(connection, "SELECT balance FROM account");
                    return execute(connection, "UPDATE account SET balance = " + (balance + 1));
                });
            }
        }
    }

    @Test
    void whoFindsItBusyWaits_untilItIsFree() throws Exception {
        DurableDict<String, Integer> dict = database.durableDict("d", String.class, Integer.class);
        CompletableFuture<Void> put;
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + path)) {
            execute(other, "BEGIN IMMEDIATE");
            put = CompletableFuture.runAsync(() -> dict.put("a", 1));
            assertThat(dict.get("a")).as("readers do not wait").isNull();
            assertThat(put.isDone()).isFalse();
            execute(other, "COMMIT");
        }
        put.get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(dict).containsEntry("a", 1);
    }

    @Test
    void whoWaitsGetsATurn_whileAnotherProcessWritesAllTheTime() throws Exception {
        database.inTransaction(connection -> execute(connection, "CREATE TABLE t (x)"));
        String at = path.toString();
        try (var mp = Multiprocessing.open()) {
            var written = mp.longValue(0);
            var isOver = mp.event();
            Process writer = mp.process(() -> {
                        try (SharedDatabase own = SharedDatabase.open(Path.of(at))) {
                            while (!isOver.isSet()) {
                                own.inTransaction(connection -> execute(connection, "INSERT INTO t VALUES (0)"));
                                written.increment();
                            }
                        }
                    })
                    .start();
            Await.until("the other writes", () -> written.get() > 100);
            for (int i = 0; i < 20; i++) {
                database.inTransaction(connection -> execute(connection, "INSERT INTO t VALUES (1)"));
            }
            isOver.set();
            assertThat(writer.join(Await.LIMIT)).isTrue();
            assertThat(writer.exitCode()).hasValue(0);
            assertThat(numberFromOutside("SELECT sum(x) FROM t")).isEqualTo(20);
            assertThat((long) numberFromOutside("SELECT count(*) FROM t")).isEqualTo(written.get() + 20);
        }
    }

    @Test
    void busyIsTold_whenItStaysBusyTooLong() throws Exception {
        try (SharedDatabase impatient = SharedDatabase.at(path)
                        .busyTimeout(Duration.ofMillis(50))
                        .open();
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + path)) {
            DurableDict<String, Integer> dict = impatient.durableDict("d", String.class, Integer.class);
            execute(other, "BEGIN IMMEDIATE");
            assertThatThrownBy(() -> dict.put("a", 1))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("busy");
            execute(other, "COMMIT");
            dict.put("a", 2);
            assertThat(dict).containsEntry("a", 2);
        }
    }

    @Test
    void anInterruptStopsTheWait() throws Exception {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> database.inTransaction(connection -> 1)).isInstanceOf(InterruptedException.class);
        DurableDict<String, Integer> dict = database.durableDict("d", String.class, Integer.class);
        Thread.currentThread().interrupt();
        dict.put("a", 1);
        assertThat(Thread.interrupted()).as("kept for later").isTrue();
    }

    @Test
    void workCanNotEndItsTransaction() throws Exception {
        database.inTransaction(connection -> execute(connection, "CREATE TABLE t (x)"));
        List<SharedDatabase.Work<Integer>> ends = List.of(
                connection -> {
                    connection.commit();
                    return 1;
                },
                connection -> {
                    connection.rollback();
                    return 1;
                },
                connection -> {
                    connection.setAutoCommit(true);
                    return 1;
                });
        for (SharedDatabase.Work<Integer> end : ends) {
            assertThatThrownBy(() -> database.inTransaction(connection -> {
                        execute(connection, "INSERT INTO t VALUES (1)");
                        return end.run(connection);
                    }))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("committed when its work returns");
        }
        database.inTransaction(connection -> {
            assertThat(connection.getAutoCommit()).isFalse();
            Savepoint before = connection.setSavepoint();
            execute(connection, "INSERT INTO t VALUES (2)");
            connection.rollback(before);
            return execute(connection, "INSERT INTO t VALUES (3)");
        });
        assertThat(numberFromOutside("SELECT group_concat(x) FROM t")).isEqualTo(3);
    }

    @Test
    void aStatementIsKeptForTheNextTransaction_withoutWhatWasSet() throws Exception {
        database.inTransaction(connection -> execute(connection, "CREATE TABLE t (x DEFAULT 7, y)"));
        String sql = "INSERT INTO t VALUES (?, ?)";
        PreparedStatement first = database.inTransaction(connection -> {
            PreparedStatement statement = connection.prepareStatement(sql);
            statement.setInt(1, 1);
            statement.setInt(2, 2);
            statement.executeUpdate();
            statement.close();
            statement.close();
            return statement;
        });
        database.inTransaction(connection -> {
            try (PreparedStatement kept = connection.prepareStatement(sql);
                    PreparedStatement another = connection.prepareStatement(sql)) {
                assertThat(kept).isSameAs(first);
                assertThat(another).isNotSameAs(kept);
                another.setInt(1, 5);
                another.executeUpdate();
                return kept.executeUpdate();
            }
        });
        assertThat(numberFromOutside("SELECT count(*) FROM t WHERE x IS NULL AND y IS NULL"))
                .as("nothing is left of the parameters")
                .isEqualTo(1);
        assertThat(numberFromOutside("SELECT sum(x) FROM t")).isEqualTo(6);
    }

    @Test
    void aStatementGivesTheKeysItHasMade_ifItIsToldTo() throws Exception {
        database.inTransaction(connection -> execute(connection, "CREATE TABLE t (id INTEGER PRIMARY KEY, x)"));
        String sql = "INSERT INTO t (x) VALUES (1)";
        for (int key = 1; key <= 3; key++) {
            int expected = 2 * key;
            database.inTransaction(connection -> {
                try (PreparedStatement insert = connection.prepareStatement(sql)) {
                    insert.executeUpdate();
                    assertThat(insert.getGeneratedKeys().next()).isFalse();
                }
                try (PreparedStatement insert = connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
                    insert.executeUpdate();
                    ResultSet keys = insert.getGeneratedKeys();
                    assertThat(keys.next()).isTrue();
                    assertThat(keys.getInt(1)).isEqualTo(expected);
                }
                return null;
            });
        }
    }

    @Test
    void aStatementIsKept_afterItsTableHasChanged() throws Exception {
        database.inTransaction(connection -> execute(connection, "CREATE TABLE t (x)"));
        for (int round = 1; round <= 3; round++) {
            String column = "y" + round;
            database.inTransaction(connection -> {
                try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t (x) VALUES (1)")) {
                    return insert.executeUpdate();
                }
            });
            int columns = database.inTransaction(connection -> {
                execute(connection, "ALTER TABLE t ADD COLUMN " + column);
                try (PreparedStatement select = connection.prepareStatement("SELECT * FROM t");
                        ResultSet row = select.executeQuery()) {
                    return row.getMetaData().getColumnCount();
                }
            });
            assertThat(columns).isEqualTo(1 + round);
        }
        assertThat(numberFromOutside("SELECT count(*) FROM t")).isEqualTo(3);
    }

    @Test
    void manyDifferentStatementsMayBePrepared() throws Exception {
        database.inTransaction(connection -> execute(connection, "CREATE TABLE t (x)"));
        int rows = database.inTransaction(connection -> {
            int inserted = 0;
            for (int i = 0; i < 300; i++) {
                try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (" + i + ")")) {
                    inserted += insert.executeUpdate();
                }
            }
            return inserted;
        });
        assertThat(rows).isEqualTo(300);
        assertThat(numberFromOutside("SELECT count(DISTINCT x) FROM t")).isEqualTo(300);
    }

    @Test
    void dataSourceGivesConnectionsThatAreSetUp() throws Exception {
        try (Connection connection = database.dataSource().getConnection()) {
            assertThat(number(connection, "PRAGMA busy_timeout")).isEqualTo(10_000);
            assertThat(number(connection, "PRAGMA synchronous")).isEqualTo(1);
            connection.setAutoCommit(false);
            execute(connection, "CREATE TABLE t (x)");
            connection.commit();
        }
        assertThat(database.dataSource()).isSameAs(database.dataSource());
        assertThat(numberFromOutside("SELECT count(*) FROM t")).isZero();
        try (SharedDatabase safe =
                        SharedDatabase.at(path).powerSafe().poolSize(1).open();
                Connection connection = safe.dataSource().getConnection()) {
            assertThat(number(connection, "PRAGMA synchronous")).isEqualTo(2);
        }
    }

    @Test
    void nothingIsPrintedAsError() throws Exception {
        JavaProgram.Ended ended =
                JavaProgram.run(UsesAll.class, folder.resolve("other.db").toString());
        assertThat(ended.errors()).isEmpty();
        assertThat(ended.output()).isEqualTo("1\n");
    }

    /** Uses the pool, a dict and a queue. */
    static final class UsesAll {
        public static void main(String[] args) throws Exception {
            try (SharedDatabase database = SharedDatabase.open(Path.of(args[0]));
                    Connection connection = database.dataSource().getConnection()) {
                database.durableDict("d", String.class, Integer.class).put("a", 1);
                database.durableQueue("q", String.class).put("message");
                System.out.println(number(connection, "SELECT value FROM dict_d"));
            }
        }
    }

    @Test
    void aFolderIsRefused() {
        assertThatThrownBy(() -> SharedDatabase.open(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(folder.toString());
        assertThatThrownBy(() -> SharedDatabase.open(folder.resolve("nowhere").resolve("x.db")))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("its folder is not there");
    }

    @Test
    void aFileThatIsNoDatabaseIsRefused_andStaysAsItIs() throws Exception {
        Path foreign = Files.writeString(folder.resolve("foreign.db"), "no database at all\n".repeat(300));
        assertThatThrownBy(() -> SharedDatabase.open(foreign))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("it is no SQLite database");
        assertThat(foreign).hasContent("no database at all\n".repeat(300));
    }

    @Test
    void aDamagedDatabaseIsTold() throws Exception {
        DurableDict<Integer, String> dict = database.durableDict("d", Integer.class, String.class);
        for (int i = 0; i < 500; i++) {
            dict.put(i, "x".repeat(200));
        }
        database.close();
        byte[] bytes = Files.readAllBytes(path);
        java.util.Arrays.fill(bytes, 4096, bytes.length, (byte) 0x5a);
        Files.write(path, bytes);
        assertThatThrownBy(() -> {
                    try (SharedDatabase damaged = SharedDatabase.open(path)) {
                        damaged.durableDict("d", Integer.class, String.class).get(1);
                    }
                })
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("it is damaged");
    }

    @Test
    void aReadOnlyDatabaseIsTold() throws Exception {
        database.close();
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(run("mount", "-t", "tmpfs", "tmpfs", disk.toString()) == 0, "this user may not mount a file system");
        try {
            JavaProgram.Ended made =
                    JavaProgram.run(UsesAll.class, disk.resolve("x.db").toString());
            assertThat(made.exitCode()).as(made.errors()).isZero();
            assertThat(run("mount", "-o", "remount,ro", disk.toString())).isZero();
            JavaProgram.Ended ended =
                    JavaProgram.run(UsesAll.class, disk.resolve("x.db").toString());
            assertThat(ended.errors()).contains("DatabaseException", "read-only");
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    @Test
    void aFullDiskIsTold_andNothingIsLost() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString()) == 0,
                "this user may not mount a file system");
        try {
            JavaProgram.Ended ended =
                    JavaProgram.run(FillsUp.class, disk.resolve("x.db").toString());
            assertThat(ended.exitCode()).as(ended.errors()).isZero();
            assertThat(ended.output()).isEqualTo("all was well\n");
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    /** Puts until there is no more room, and looks whether all that was put is there. */
    static final class FillsUp {
        public static void main(String[] args) {
            try (SharedDatabase database = SharedDatabase.open(Path.of(args[0]))) {
                DurableDict<Integer, byte[]> dict = database.durableDict("d", Integer.class, byte[].class);
                int entries = 0;
                String failure = "";
                while (failure.isEmpty()) {
                    try {
                        dict.put(entries, new byte[10_000]);
                        entries++;
                    } catch (DatabaseException full) {
                        failure = full.getMessage();
                    }
                }
                assertThat(failure).contains("disk");
                assertThat(entries).isGreaterThan(10);
                assertThat(dict).hasSize(entries);
                System.out.println("all was well");
            }
        }
    }

    @Test
    void aValueTooLargeIsRefused() {
        try (SharedDatabase small = SharedDatabase.at(path).maxValueBytes(1_000).open()) {
            DurableDict<String, byte[]> dict = small.durableDict("d", String.class, byte[].class);
            dict.put("a", new byte[1_000]);
            assertThatThrownBy(() -> dict.put("b", new byte[1_001]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1001 bytes is too large; at most 1000");
            DurableQueue<String> queue = small.durableQueue("q", String.class);
            assertThatThrownBy(() -> queue.put("x".repeat(1_001))).isInstanceOf(IllegalArgumentException.class);
            assertThat(dict).hasSize(1);
            assertThat(queue).isEmpty();
        }
    }

    @Test
    void tablesOfALaterVersionAreRefused() throws Exception {
        database.durableDict("d", String.class, String.class);
        database.durableQueue("q", String.class);
        outside("UPDATE multiprocessing_objects SET version = 7");
        assertThatThrownBy(() -> database.durableDict("d", String.class, String.class))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("version 7")
                .hasMessageContaining("use a newer one");
        assertThatThrownBy(() -> database.durableQueue("q", String.class)).isInstanceOf(DatabaseException.class);
    }

    @Test
    void tablesOfAnEarlierVersionAreBroughtToThisOne() {
        var first = new Schema("thing", List.of(List.of("CREATE TABLE thing_{name} (a)")));
        var second = new Schema(
                "thing", List.of(first.steps().getFirst(), List.of("ALTER TABLE thing_{name} ADD COLUMN b DEFAULT 5")));
        database.transactions().write(session -> {
            first.make(session, "x");
            session.execute("INSERT INTO thing_x (a) VALUES (1)");
            second.make(session, "x");
            second.make(session, "x");
            second.make(session, "fresh");
            return null;
        });
        assertThat(database.transactions()
                        .<Integer>read(session -> number(session.connection(), "SELECT a + b FROM thing_x")))
                .isEqualTo(6);
        assertThat(database.transactions()
                        .<Integer>read(session ->
                                number(session.connection(), "SELECT sum(version) FROM multiprocessing_objects")))
                .isEqualTo(4);
    }

    @Test
    void namesThatWouldBeNoTablesAreRefused() {
        for (String bad : List.of("", "1a", "a-b", "a; DROP TABLE x", "ä", "x".repeat(61))) {
            assertThatThrownBy(() -> database.durableDict(bad, String.class, String.class))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> database.durableQueue(bad, String.class))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> database.durableQueue("q", String.class, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SharedDatabase.at(path).maxValueBytes(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SharedDatabase.at(path).busyTimeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothingWorks_whenItIsClosed() {
        DurableDict<String, Integer> dict = database.durableDict("d", String.class, Integer.class);
        database.close();
        assertThatThrownBy(() -> dict.get("a")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> dict.put("a", 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(database::dataSource).isInstanceOf(IllegalStateException.class);
    }

    private static int execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private static int number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getInt(1);
        }
    }

    private int numberFromOutside(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path)) {
            return number(connection, sql);
        }
    }

    private void outside(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path)) {
            execute(connection, sql);
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    }
}
