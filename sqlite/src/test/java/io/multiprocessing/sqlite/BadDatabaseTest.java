package io.multiprocessing.sqlite;

import static io.multiprocessing.sqlite.Sql.execute;
import static io.multiprocessing.sqlite.Sql.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.testkit.jvm.JavaProgram;
import io.multiprocessing.testkit.jvm.SmallDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of a file or a disk that is no good for a database, and of what does not fit into one. */
class BadDatabaseTest extends DatabaseSuite {
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
        Arrays.fill(bytes, 4096, bytes.length, (byte) 0x5a);
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
        Path at = Files.createDirectory(folder.resolve("disk"));
        try (var disk = SmallDisk.mount(at, "16m")) {
            String file = at.resolve("x.db").toString();
            JavaProgram.Ended made = JavaProgram.run(SharedDatabaseTest.UsesAll.class, file);
            assertThat(made.exitCode()).as(made.errors()).isZero();
            disk.makeReadOnly();
            JavaProgram.Ended ended = JavaProgram.run(SharedDatabaseTest.UsesAll.class, file);
            assertThat(ended.errors()).contains("DatabaseException", "read-only");
        }
    }

    @Test
    void aFullDiskIsTold_andNothingIsLost() throws Exception {
        Path at = Files.createDirectory(folder.resolve("disk"));
        try (var _ = SmallDisk.mount(at, "2m")) {
            JavaProgram.Ended ended =
                    JavaProgram.run(FillsUp.class, at.resolve("x.db").toString());
            assertThat(ended.exitCode()).as(ended.errors()).isZero();
            assertThat(ended.output()).isEqualTo("all was well\n");
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
        execute(path, "UPDATE multiprocessing_objects SET version = 7");
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
}
