package io.multiprocessing.sqlite;

import static io.multiprocessing.sqlite.Sql.execute;
import static io.multiprocessing.sqlite.Sql.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.multiprocessing.MessageNotSerializableException;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import io.multiprocessing.testkit.jvm.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of {@link DurableDict}. */
class DurableDictTest extends DatabaseSuite {
    private DurableDict<String, Integer> dict;

    record Point(int x, List<String> names) {}

    @BeforeEach
    void makeDict() {
        dict = database.durableDict("numbers", String.class, Integer.class);
    }

    @Test
    void isAMap() {
        assertThat(dict).isEmpty();
        assertThat(dict.put("a", 1)).isNull();
        assertThat(dict.put("a", 2)).isEqualTo(1);
        dict.putAll(Map.of("b", 3));
        assertThat(dict).containsExactly(entry("a", 2), entry("b", 3)).hasSize(2);
        assertThat(dict).isEqualTo(Map.of("a", 2, "b", 3));
        assertThat(dict.get("c")).isNull();
        assertThat(((Map<?, ?>) dict).get(5)).as("no key of that type").isNull();
        assertThat(dict.getOrDefault("c", 9)).isEqualTo(9);
        assertThat(dict.containsKey("a")).isTrue();
        assertThat(dict.containsValue(3)).isTrue();
        assertThat(dict.remove("a")).isEqualTo(2);
        assertThat(dict.remove("a")).isNull();
        dict.clear();
        assertThat(dict).isEmpty();
        assertThat(dict.name()).isEqualTo("numbers");
    }

    @Test
    void isAConcurrentMap() {
        assertThat(dict.putIfAbsent("a", 1)).isNull();
        assertThat(dict.putIfAbsent("a", 2)).isEqualTo(1);
        assertThat(dict.replace("a", 3)).isEqualTo(1);
        assertThat(dict.replace("b", 3)).isNull();
        assertThat(dict.replace("a", 2, 4)).isFalse();
        assertThat(dict.replace("a", 3, 4)).isTrue();
        assertThat(dict.remove("a", 3)).isFalse();
        assertThat(dict.merge("a", 5, Integer::sum)).isEqualTo(9);
        assertThat(dict.merge("c", 5, Integer::sum)).isEqualTo(5);
        assertThat(dict.merge("c", 5, (one, other) -> null)).isNull();
        assertThat(dict.compute("a", (key, old) -> old + 1)).isEqualTo(10);
        assertThat(dict.compute("d", (key, old) -> old == null ? null : 1)).isNull();
        assertThat(dict.computeIfAbsent("e", String::length)).isEqualTo(1);
        assertThat(dict.computeIfAbsent("e", key -> 7)).isEqualTo(1);
        assertThat(dict.computeIfPresent("e", (key, old) -> null)).isNull();
        assertThat(dict.remove("a", 10)).isTrue();
        dict.replaceAll((key, value) -> value);
        assertThat(dict).isEmpty();
    }

    @Test
    void nothingChanges_whenAFunctionThrows() {
        dict.put("a", 1);
        assertThatThrownBy(() -> dict.compute("a", (key, old) -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(dict).containsExactly(entry("a", 1));
        assertThatThrownBy(() -> dict.put("a", null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("no nulls");
        assertThatThrownBy(() -> dict.put(null, 1)).isInstanceOf(NullPointerException.class);
        assertThat(dict).containsExactly(entry("a", 1));
    }

    @Test
    void lastsLongerThanWhoMadeIt() {
        dict.put("a", 1);
        database.close();
        database = SharedDatabase.open(path);
        assertThat(database.durableDict("numbers", String.class, Integer.class)).containsExactly(entry("a", 1));
    }

    @Test
    void changesOfSeveralProcessesAreNotLost() throws Exception {
        String at = path.toString();
        try (var mp = Multiprocessing.open()) {
            List<Process> workers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                workers.add(mp.process(() -> {
                            try (SharedDatabase own = SharedDatabase.open(Path.of(at))) {
                                var same = own.durableDict("numbers", String.class, Integer.class);
                                for (int j = 0; j < 200; j++) {
                                    same.merge(j % 2 == 0 ? "even" : "odd", 1, Integer::sum);
                                }
                            }
                        })
                        .start());
            }
            for (Process worker : workers) {
                assertThat(worker.join(Await.LIMIT)).isTrue();
                assertThat(worker.exitCode()).hasValue(0);
            }
        }
        assertThat(dict).containsOnly(entry("even", 300), entry("odd", 300));
    }

    @Test
    void anEntryGoes_whenItsTimeIsOver() throws Exception {
        dict.put("stays", 1, Duration.ofHours(1));
        dict.put("gone", 2, Duration.ZERO);
        assertThat(dict).containsExactly(entry("stays", 1)).hasSize(1);
        assertThat(dict.get("gone")).isNull();
        assertThat(dict.putIfAbsent("gone", 3)).isNull();
        assertThat(dict.get("gone")).isEqualTo(3);
        Await.until("it is merged before its time is over", () -> {
            dict.put("short", 4, Duration.ofSeconds(2));
            return dict.merge("short", 1, Integer::sum) == 5;
        });
        Await.until("its time is over", () -> dict.get("short") == null);
        dict.put("next", 1, Duration.ofHours(1));
        assertThat(text(path, "SELECT count(*) FROM dict_numbers WHERE key = 'short'"))
                .isEqualTo("0");
    }

    @Test
    void otherProgramsCanReadAndWriteIt() throws Exception {
        dict.put("a", 1);
        assertThat(text(path, "SELECT typeof(key) || typeof(value) || value FROM dict_numbers"))
                .isEqualTo("textinteger1");
        execute(path, "INSERT INTO dict_numbers (key, value) VALUES ('outside', 7)");
        assertThat(dict).containsEntry("outside", 7);
        execute(path, "INSERT INTO dict_numbers (key, value) VALUES ('bad', 'text')");
        assertThatThrownBy(() -> dict.get("bad"))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("java.lang.Integer");
    }

    @Test
    void pythonCanReadAndWriteIt() throws Exception {
        assumeTrue(hasPython(), "there is no python3 on the PATH");
        dict.put("a", 1);
        String script = """
                import sqlite3, sys
                with sqlite3.connect(sys.argv[1]) as db:
                    print(db.execute("SELECT key, value FROM dict_numbers").fetchall())
                    db.execute("INSERT INTO dict_numbers (key, value) VALUES (?, ?)", ("python", 3))
                """;
        java.lang.Process python = new ProcessBuilder("python3", "-c", script, path.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(python.waitFor()).as(output).isZero();
        assertThat(output.strip()).isEqualTo("[('a', 1)]");
        assertThat(dict).containsEntry("python", 3);
    }

    @Test
    void valuesOfAllKindsComeBack() {
        assertReturns(Long.class, Long.MIN_VALUE, "integer");
        assertReturns(Short.class, (short) -5, "integer");
        assertReturns(Byte.class, (byte) 5, "integer");
        assertReturns(Boolean.class, true, "integer");
        assertReturns(Double.class, 0.1, "real");
        assertReturns(Double.class, Double.NaN, "blob");
        assertReturns(Double.class, Double.NEGATIVE_INFINITY, "real");
        assertReturns(Double.class, 5.0, "real");
        assertReturns(Float.class, 0.1f, "real");
        assertReturns(Float.class, Float.NaN, "blob");
        assertReturns(String.class, "тест 😀 \0 end", "text");
        assertReturns(String.class, "half \ud83d", "blob");
        assertReturns(byte[].class, new byte[] {0, -1}, "blob");
        assertReturns(Point.class, new Point(1, List.of("a", "b")), "blob");
        assertReturns(Object.class, 5L, "integer");
        assertReturns(Object.class, "text", "text");
        assertReturns(Object.class, 5, "blob");
        assertReturns(Object.class, new byte[] {1}, "blob");
        assertReturns(Number.class, 0.5, "real");
    }

    @Test
    void keysCanBeAnything() {
        DurableDict<Point, Long> points = database.durableDict("points", Point.class, Long.class);
        points.put(new Point(1, List.of("a")), 5L);
        assertThat(points.get(new Point(1, List.of("a")))).isEqualTo(5);
        assertThat(points.get(new Point(1, List.of("b")))).isNull();
        DurableDict<Integer, String> numbers = database.durableDict("by_number", Integer.class, String.class);
        numbers.put(-1, "minus one");
        assertThat(numbers).containsExactly(entry(-1, "minus one"));
    }

    @Test
    void whatCanNotBeSentIsRefused() {
        DurableDict<String, Object> objects = database.durableDict("objects", String.class, Object.class);
        assertThatThrownBy(() -> objects.put("a", new Object())).isInstanceOf(MessageNotSerializableException.class);
        assertThat(objects).isEmpty();
    }

    private <T> void assertReturns(Class<T> type, T value, String storedAs) {
        DurableDict<String, T> values =
                database.durableDict("v" + type.getSimpleName().replace("[]", "s"), String.class, type);
        values.put("it", value);
        assertThat(values.get("it")).isEqualTo(value);
        assertThat(database.transactions().<String>read(session -> {
                    try (Statement statement = session.connection().createStatement();
                            ResultSet row = statement.executeQuery("SELECT typeof(value) FROM dict_" + values.name())) {
                        row.next();
                        return row.getString(1);
                    }
                }))
                .isEqualTo(storedAs);
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "-c", "import sqlite3").start().waitFor() == 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
