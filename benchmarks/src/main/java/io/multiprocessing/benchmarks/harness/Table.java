package io.multiprocessing.benchmarks.harness;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;

/** Results for people, a line each. Lines can be written as they come, for the names are known before. */
public final class Table {
    private static final String ABSENT = "–";

    private final String format;

    public Table(List<Benchmark> benchmarks) {
        int nameWidth = width(benchmarks.stream().map(Benchmark::name).toList(), "row");
        int unitWidth = width(benchmarks.stream().map(Benchmark::unit).toList(), "unit");
        format = "%-" + nameWidth + "s  %-" + unitWidth + "s  %10s  %10s  %10s  %9s  %s";
    }

    public String header() {
        return line("row", "unit", "ours", "worst", "peer", "ratio", "peer is");
    }

    /** Ratio is how many times better ours is. */
    public String row(Result result) {
        OptionalDouble ratio = result.ratio();
        return line(
                result.name(),
                result.unit(),
                number(result.ours()),
                number(result.oursWorst()),
                result.peerNeverEnds()
                        ? "never"
                        : result.peer().isEmpty()
                                ? ABSENT
                                : number(result.peer().getAsDouble()),
                ratio.isEmpty() ? ABSENT : number(ratio.getAsDouble()) + "×",
                Objects.requireNonNullElse(result.peerName(), ABSENT));
    }

    private String line(Object... cells) {
        return String.format(Locale.ROOT, format, cells);
    }

    /** Three digits, or all before the point. */
    private static String number(double number) {
        int decimals = number >= 100 ? 0 : number >= 10 ? 1 : number >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + decimals + "f", number);
    }

    private static int width(List<String> cells, String header) {
        return cells.stream().mapToInt(String::length).reduce(header.length(), Math::max);
    }
}
