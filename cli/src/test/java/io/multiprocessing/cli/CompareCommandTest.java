package io.multiprocessing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.examples.ways.Cost;
import io.multiprocessing.examples.ways.Cost.Measure;
import io.multiprocessing.examples.ways.Way;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CompareCommandTest {
    private static final List<Way> WAYS = List.of(way("one"), way("two"));

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private int measured;

    @Test
    void waysAreATable_andWhatIsGoingOnIsTold() {
        assertThat(execute()).isZero();

        assertThat(out.toString().lines()).hasSize(3);
        assertThat(out.toString().lines().findFirst().orElseThrow())
                .startsWith("way")
                .contains(Measure.SMALL.title());
        assertThat(out.toString().lines().toList().get(2)).matches("two +1\\.5 us +– +– +20 ns");
        assertThat(err.toString().lines()).containsExactly("measuring one, 1 of 2", "measuring two, 2 of 2");
    }

    @Test
    void chartAndPageAreWritten_andThePageNeedsNothingElse() throws Exception {
        Path chart = folder.resolve("chart.svg");
        Path page = folder.resolve("page.html");

        assertThat(execute("--quick", "--svg", chart.toString(), "--html", page.toString()))
                .isZero();

        assertThat(Files.readString(chart)).startsWith("<svg ").contains(">one<", ">two<", "1.5 µs");
        assertThat(Files.readString(page))
                .contains("<svg ", "<th>two</th><td>1.5 us</td>")
                .doesNotContain("src=", "href=", "@import", "url(");
    }

    @Test
    void fileThatCannotBeWritten_isAnErrorBeforeAnythingIsMeasured() {
        assertThat(execute("--svg", folder.toString())).isEqualTo(2);
        assertThat(execute("--html", folder.resolve("nowhere").resolve("x.html").toString()))
                .isEqualTo(2);

        assertThat(err.toString()).contains("--svg: cannot write to " + folder, "--html: cannot write to ");
        assertThat(measured).isZero();
    }

    @Test
    void wayThatFails_isReportedAndTheNextMeasured() {
        assertThat(execute(List.of(way("bad"), way("good")))).isEqualTo(1);

        assertThat(err.toString()).contains("bad failed: ").contains("it can't be");
        assertThat(out.toString().lines()).hasSize(2).last().asString().startsWith("good");
    }

    private int execute(String... arguments) {
        return execute(WAYS, arguments);
    }

    private int execute(List<Way> ways, String... arguments) {
        var command = new CompareCommand(ways, (way, costs) -> {
            measured++;
            if (way.name().equals("bad")) {
                throw new IOException("it can't be");
            }
            return new Cost(way.name(), Map.of(Measure.EXCHANGE, 1_500.0, Measure.COUNTER, 20.0));
        });
        return new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private static Way way(String name) {
        return new Way(name, "local:", null, null, null);
    }
}
