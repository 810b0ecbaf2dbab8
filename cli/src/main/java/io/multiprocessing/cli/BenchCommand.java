package io.multiprocessing.cli;

import io.multiprocessing.benchmarks.Rows;
import io.multiprocessing.benchmarks.harness.Benchmark;
import io.multiprocessing.benchmarks.harness.Comparison;
import io.multiprocessing.benchmarks.harness.Effort;
import io.multiprocessing.benchmarks.harness.Peer;
import io.multiprocessing.benchmarks.harness.ProgressLine;
import io.multiprocessing.benchmarks.harness.Python;
import io.multiprocessing.benchmarks.harness.Result;
import io.multiprocessing.benchmarks.harness.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code mp bench}: measures us and our peers side by side. */
@Command(
        name = "bench",
        description = "Measures side by side with CPython, in turns, and compares the medians.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:all rows were measured", "1:one failed", "2:there is no such row, Python or file"})
public final class BenchCommand implements Callable<Integer> {
    private static final String STANDARD_OUTPUT = "-";

    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            completionCandidates = Names.class,
            description = "The rows to measure: ${COMPLETION-CANDIDATES}; without: all.")
    private List<String> names = List.of();

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Writes a JSON object a line instead of the table; - is the standard output.")
    private @Nullable String json;

    @Option(
            names = "--python",
            paramLabel = "PATH",
            description = "The Python to compare with; without: 3.13 if it is there, else python3.")
    private @Nullable String python;

    @Option(names = "--quick", description = "Fewer and shorter rounds: a look, no figures to rely on.")
    private boolean isQuick;

    @Option(names = "--list", description = "Says what the rows measure, and measures nothing.")
    private boolean isList;

    @Spec
    private CommandSpec spec;

    private final Function<List<String>, List<Benchmark>> rows;

    public BenchCommand() {
        this(Rows::named);
    }

    /** @param rows finds rows by their names, all of them if none is given */
    BenchCommand(Function<List<String>, List<Benchmark>> rows) {
        this.rows = rows;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Benchmark> chosen = chosen();
        PrintWriter out = spec.commandLine().getOut();
        if (isList) {
            chosen.forEach(row -> out.printf("%-28s %-6s %s%n", row.name(), row.unit(), row.description()));
            out.flush();
            return ExitCode.OK;
        }
        Python interpreter = interpreter(chosen);
        if (json == null) {
            var table = new Table(chosen);
            out.println(table.header());
            out.flush();
            return measure(chosen, interpreter, out, table::row);
        }
        if (json.equals(STANDARD_OUTPUT)) {
            return measure(chosen, interpreter, out, Result::toJson);
        }
        try (PrintWriter file = opened(Path.of(json))) {
            int exitCode = measure(chosen, interpreter, file, Result::toJson);
            if (file.checkError()) {
                throw new IOException("not everything could be written to " + json);
            }
            return exitCode;
        }
    }

    private int measure(
            List<Benchmark> chosen, @Nullable Python interpreter, PrintWriter out, Function<Result, String> form)
            throws IOException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        var progress = new ProgressLine(err, isTerminal());
        int failed = 0;
        try (var comparison = new Comparison(isQuick ? Effort.QUICK : Effort.FULL, interpreter, progress)) {
            for (Benchmark row : chosen) {
                try {
                    out.println(form.apply(comparison.measure(row)));
                    out.flush();
                } catch (InterruptedException e) {
                    throw e;
                } catch (Exception failure) {
                    failed++;
                    err.print(row.name() + " failed: ");
                    failure.printStackTrace(err);
                    err.flush();
                }
            }
        }
        return failed == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private List<Benchmark> chosen() {
        try {
            return rows.apply(names);
        } catch (NoSuchElementException unknown) {
            throw new ParameterException(spec.commandLine(), String.valueOf(unknown.getMessage()), unknown);
        }
    }

    private @Nullable Python interpreter(List<Benchmark> chosen) throws InterruptedException {
        if (python != null) {
            try {
                return Python.at(python);
            } catch (IllegalArgumentException unusable) {
                throw new ParameterException(spec.commandLine(), "--python: " + unusable.getMessage(), unusable);
            }
        }
        if (chosen.stream().noneMatch(row -> row.peer() instanceof Peer.Script)) {
            return null;
        }
        Python found = Python.find().orElse(null);
        if (found == null) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("No python3.13 or python3 was found that works, so rows stand without CPython beside them;"
                    + " --python PATH names one.");
            err.flush();
        }
        return found;
    }

    private PrintWriter opened(Path file) {
        try {
            return new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "--json: cannot write to " + file + ": " + e, e);
        }
    }

    /** Since JDK 25 there is again no console where there is no terminal, as before JDK 22. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        var console = System.console();
        return console != null && console.isTerminal();
    }

    /** The names that the help shows. */
    private static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Rows.all().stream().map(Benchmark::name).iterator();
        }
    }
}
