package io.multiprocessing.sqlite;

import static io.multiprocessing.sqlite.Sql.connect;
import static io.multiprocessing.sqlite.Sql.execute;
import static io.multiprocessing.sqlite.Sql.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import io.multiprocessing.testkit.jvm.Await;
import io.multiprocessing.testkit.jvm.JavaProgram;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A database that several processes use: its transactions, and who waits for whom. */
class SharedDatabaseTest extends DatabaseSuite {
    @Test
    void whatIsDoneInATransactionIsDone() throws Exception {
        int rows = database.inTransaction(connection -> {
            execute(connection, "CREATE TABLE t (x)");
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate("INSERT INTO t VALUES (1), (2)");
            }
        });
        assertThat(rows).isEqualTo(2);
        assertThat(number(path, "SELECT sum(x) FROM t")).isEqualTo(3);
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
        assertThat(number(path, "SELECT count(*) FROM t")).isZero();
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
        assertThat(number(path, "SELECT count(*) FROM t")).isEqualTo(1);
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
        assertThat(number(path, "SELECT group_concat(x) FROM t")).isEqualTo(3);
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
        assertThat(number(path, "SELECT balance FROM account")).isEqualTo(300);
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
        try (Connection other = connect(path)) {
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
            assertThat(number(path, "SELECT sum(x) FROM t")).isEqualTo(20);
            assertThat((long) number(path, "SELECT count(*) FROM t")).isEqualTo(written.get() + 20);
        }
    }

    @Test
    void busyIsTold_whenItStaysBusyTooLong() throws Exception {
        try (SharedDatabase impatient = SharedDatabase.at(path)
                        .busyTimeout(Duration.ofMillis(50))
                        .open();
                Connection other = connect(path)) {
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
    void dataSourceGivesConnectionsThatAreSetUp() throws Exception {
        try (Connection connection = database.dataSource().getConnection()) {
            assertThat(number(connection, "PRAGMA busy_timeout")).isEqualTo(10_000);
            assertThat(number(connection, "PRAGMA synchronous")).isEqualTo(1);
            connection.setAutoCommit(false);
            execute(connection, "CREATE TABLE t (x)");
            connection.commit();
        }
        assertThat(database.dataSource()).isSameAs(database.dataSource());
        assertThat(number(path, "SELECT count(*) FROM t")).isZero();
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
    void nothingWorks_whenItIsClosed() {
        DurableDict<String, Integer> dict = database.durableDict("d", String.class, Integer.class);
        database.close();
        assertThatThrownBy(() -> dict.get("a")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> dict.put("a", 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(database::dataSource).isInstanceOf(IllegalStateException.class);
    }
}
