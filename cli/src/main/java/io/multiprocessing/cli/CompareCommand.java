package io.multiprocessing.cli;

import io.multiprocessing.cli.compare.Chart;
import io.multiprocessing.cli.compare.Listing;
import io.multiprocessing.examples.ways.Cost;
import io.multiprocessing.examples.ways.Costs;
import io.multiprocessing.examples.ways.Way;
import io.multiprocessing.examples.ways.Ways;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code mp compare}: measures every way of sharing on this machine. */
@Command(
        name = "compare",
        description = "Measures what each way of sharing costs on this machine: a table, and if you like a chart.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:all ways were measured", "1:one failed", "2:a file can't be written"})
public final class CompareCommand implements Callable<Integer> {
    private static final Costs FULL = new Costs(Duration.ofSeconds(2), Duration.ofSeconds(1));
    private static final Costs QUICK = new Costs(Duration.ofMillis(300), Duration.ofMillis(200));

    /** How a way is measured. */
    @FunctionalInterface
    interface Measuring {
        Cost of(Way way, Costs costs) throws Exception;
    }

    @Option(names = "--svg", paramLabel = "FILE", description = "Writes a chart.")
    private @Nullable Path svg;

    @Option(names = "--html", paramLabel = "FILE", description = "Writes a page with the chart and the table.")
    private @Nullable Path html;

    @Option(names = "--quick", description = "A look of some 15 seconds instead of 90: no figures to rely on.")
    private boolean isQuick;

    @Spec
    private CommandSpec spec;

    private final List<Way> ways;
    private final Measuring measuring;

    public CompareCommand() {
        this(Ways.ALL, (way, costs) -> costs.of(way));
    }

    CompareCommand(List<Way> ways, Measuring measuring) {
        this.ways = ways;
        this.measuring = measuring;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        checkWritable("--svg", svg);
        checkWritable("--html", html);
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        List<Cost> costs = new ArrayList<>();
        out.println(Listing.header());
        out.flush();
        for (Way way : ways) {
            err.println("measuring " + way.name() + ", " + (ways.indexOf(way) + 1) + " of " + ways.size());
            err.flush();
            try {
                Cost cost = measuring.of(way, isQuick ? QUICK : FULL);
                costs.add(cost);
                out.println(Listing.row(cost));
                out.flush();
            } catch (Exception failure) {
                err.print(way.name() + " failed: ");
                failure.printStackTrace(err);
                err.flush();
                if (failure instanceof InterruptedException interrupted && Thread.interrupted()) {
                    throw interrupted;
                }
            }
        }
        if (svg != null) {
            Files.writeString(svg, Chart.svg(costs, machine()));
        }
        if (html != null) {
            Files.writeString(html, Listing.html(costs, machine()));
        }
        return costs.size() == ways.size() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static String machine() {
        return System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors, Java "
                + Runtime.version().feature();
    }

    /** Before a minute of measuring, not after it. */
    private void checkWritable(String option, @Nullable Path file) {
        if (file == null) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || folder == null || !Files.isWritable(Files.exists(file) ? file : folder)) {
            throw new ParameterException(spec.commandLine(), option + ": cannot write to " + file);
        }
    }
}
