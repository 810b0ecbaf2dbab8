package io.multiprocessing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.benchmarks.Rows;
import io.multiprocessing.benchmarks.harness.Benchmark;
import io.multiprocessing.benchmarks.harness.Effort;
import io.multiprocessing.benchmarks.harness.Peer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void rowsAreATable() {
        assertThat(execute(names -> List.of(new Row("good", 2)))).isZero();

        assertThat(out.toString().lines()).hasSize(2).last().asString().matches("good +ns/op +2\\.00 .* 3\\.00×  twin");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void jsonGoesToTheStandardOutput() {
        assertThat(execute(names -> List.of(new Row("good", 2)), "--json", "-")).isZero();

        assertThat(out.toString().lines())
                .containsExactly("{\"name\":\"good\",\"unit\":\"ns/op\",\"ours\":2,\"peer\":6,\"peerName\":\"twin\","
                        + "\"ratio\":3}");
    }

    @Test
    void jsonGoesToAFile() throws Exception {
        Path file = folder.resolve("figures.json");

        assertThat(execute(names -> List.of(new Row("a", 2), new Row("b", 3)), "--json", file.toString()))
                .isZero();

        assertThat(Files.readAllLines(file)).hasSize(2);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void fileThatCannotBeWritten_isAnErrorBeforeAnythingIsMeasured() {
        int exitCode = execute(names -> List.of(new Row("good", 2)), "--json", folder.toString());

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).contains("cannot write to " + folder);
    }

    @Test
    void rowThatFails_isReportedAndTheNextMeasured() {
        int exitCode = execute(names -> List.of(new Row("bad", -1), new Row("good", 2)), "--json", "-");

        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString()).contains("bad failed: ").contains("ours measured -1.0");
        assertThat(out.toString().lines()).hasSize(1).first().asString().contains("good");
    }

    @Test
    void unknownName_isAnErrorThatListsTheKnown() {
        assertThat(execute(Rows::named, "value-decrement")).isEqualTo(2);

        assertThat(err.toString())
                .contains("no row \"value-decrement\"")
                .contains("value-increment, value-increment-contended");
    }

    @Test
    void pythonThatDoesNotWork_isAnError() {
        assertThat(execute(Rows::named, "--python", folder.resolve("python3").toString()))
                .isEqualTo(2);

        assertThat(err.toString()).contains("--python: not a Python that works");
    }

    @Test
    void listSaysWhatRowsMeasure() {
        assertThat(execute(Rows::named, "--list")).isZero();

        assertThat(out.toString().lines()).hasSameSizeAs(Rows.all());
    }

    private int execute(Function<List<String>, List<Benchmark>> rows, String... arguments) {
        return new CommandLine(new BenchCommand(rows))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    /** A row whose peer takes three times as long. */
    private record Row(String name, double number) implements Benchmark {
        @Override
        public String description() {
            return "measures nothing";
        }

        @Override
        public String unit() {
            return "ns/op";
        }

        @Override
        public double ours(Effort effort) {
            return number;
        }

        @Override
        public Peer peer() {
            return new Peer.Library("twin", effort -> 3 * number);
        }
    }
}
