package io.multiprocessing.cli;

import io.multiprocessing.cli.chaos.Fleet;
import io.multiprocessing.cli.chaos.Outcome;
import io.multiprocessing.cli.chaos.Plan;
import io.multiprocessing.cli.chaos.Storms;
import io.multiprocessing.cli.chaos.Tempest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code mp chaos}: processes use everything while others are killed, and nothing may go wrong. */
@Command(
        name = "chaos",
        description = "Kills processes at random instants while others use everything, and checks that nobody hangs,"
                + " nothing is corrupted, nothing is left behind.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:all rules held", "1:one was broken, or something was left behind", "2:wrong arguments"})
public final class ChaosCommand implements Callable<Integer> {
    private static final int DEFAULT_SECONDS = 10;
    private static final int MOST_SHOWN = 20;
    private static final int MOST_RANDOM_SEED = 1_000_000;
    private static final String BEGIN_AND_ERASE = "\r\033[K";

    @Option(names = "--seconds", paramLabel = "N", description = "How long; without --kills: 10 seconds.")
    private @Nullable Integer seconds;

    @Option(names = "--kills", paramLabel = "N", description = "Ends after so many kills.")
    private @Nullable Integer kills;

    @Option(
            names = "--processes",
            paramLabel = "P",
            description = "How many processes take part at a time, 2 of which nobody kills; by default"
                    + " ${DEFAULT-VALUE}.",
            defaultValue = "5")
    private int processes;

    @Option(names = "--seed", paramLabel = "S", description = "Decides who dies how; by default another one each time.")
    private @Nullable Long seed;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes a JSON object of all that was counted.")
    private @Nullable Path json;

    @Option(names = "--fail-fast", description = "Ends with the first rule that is broken.")
    private boolean failFast;

    @Spec
    private CommandSpec spec;

    private final Fleet fleet;

    public ChaosCommand() {
        this(Storms::all);
    }

    ChaosCommand(Fleet fleet) {
        this.fleet = fleet;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Plan plan = plan();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        out.println("seed " + plan.seed());
        out.flush();
        boolean isShown = isTerminal();
        Outcome outcome = Tempest.rage(plan, fleet, (elapsed, killed, operations, violations) -> {
            if (isShown) {
                err.printf(
                        Locale.ROOT,
                        BEGIN_AND_ERASE + "%.0f s, %,d kills, %,d operations, %,d violations…",
                        elapsed,
                        killed,
                        operations,
                        violations);
                err.flush();
            }
        });
        if (isShown) {
            err.print(BEGIN_AND_ERASE);
            err.flush();
        }
        print(outcome, out);
        if (json != null) {
            Files.writeString(json, Json.of(json(outcome)) + "\n", StandardCharsets.UTF_8);
        }
        return outcome.isGood() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private Plan plan() {
        requireAtLeast("--seconds", seconds, 1);
        requireAtLeast("--kills", kills, 1);
        requireWritable(json);
        if (processes < Plan.LEAST_PROCESSES || processes > Plan.MOST_PROCESSES) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--processes is " + processes + "; it must be " + Plan.LEAST_PROCESSES + " to "
                            + Plan.MOST_PROCESSES);
        }
        Integer limit = seconds == null && kills == null ? Integer.valueOf(DEFAULT_SECONDS) : seconds;
        return new Plan(
                limit == null ? null : Duration.ofSeconds(limit),
                kills == null ? 0 : kills,
                failFast,
                processes,
                seed == null ? ThreadLocalRandom.current().nextInt(MOST_RANDOM_SEED) : seed);
    }

    private void requireAtLeast(String option, @Nullable Integer value, int least) {
        if (value != null && value < least) {
            throw new ParameterException(
                    spec.commandLine(), option + " is " + value + "; it must be at least " + least);
        }
    }

    private void requireWritable(@Nullable Path file) {
        try {
            if (file != null) {
                Files.writeString(file, "");
            }
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "--json: cannot write to " + file + ": " + e, e);
        }
    }

    private static void print(Outcome outcome, PrintWriter out) {
        String form = "%-10s  %12s  %8s  %10s  %14s  %14s  %10s%n";
        out.printf(form, "scenario", "operations", "kills", "takeovers", "max handover", "median", "violations");
        for (Outcome.Row row : outcome.rows()) {
            out.printf(
                    form,
                    row.name(),
                    number(row.operations()),
                    number(row.kills()),
                    number(row.takeovers()),
                    row.medianMillis() < 0 ? "–" : String.format(Locale.ROOT, "%.0f ms", row.slowestMillis()),
                    row.medianMillis() < 0 ? "–" : row.medianMillis() + " ms",
                    number(row.violations()));
        }
        list("violation", outcome.violationCount(), outcome.violations(), out);
        list("leak", outcome.leaks().size(), outcome.leaks(), out);
        out.printf(
                Locale.ROOT,
                "%,d violations, %,d leaks, %,d kills, %,d operations in %.0f s, seed %d%n",
                outcome.violationCount(),
                outcome.leaks().size(),
                outcome.kills(),
                outcome.operations(),
                outcome.seconds(),
                outcome.seed());
        out.flush();
    }

    private static void list(String what, long count, List<String> texts, PrintWriter out) {
        texts.stream().limit(MOST_SHOWN).forEach(text -> out.println(what + ": " + text.strip()));
        if (count > MOST_SHOWN) {
            out.println("and " + number(count - MOST_SHOWN) + " more");
        }
    }

    private static Map<String, @Nullable Object> json(Outcome outcome) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("seed", outcome.seed());
        json.put("seconds", outcome.seconds());
        json.put("kills", outcome.kills());
        json.put("operations", outcome.operations());
        json.put("violations", outcome.violationCount());
        json.put("leaks", outcome.leaks().size());
        json.put("scenarios", outcome.rows().stream().map(ChaosCommand::json).toList());
        json.put("crashPoints", new TreeMap<>(outcome.crashPoints()));
        json.put("violationTexts", outcome.violations());
        json.put("leakTexts", outcome.leaks());
        return json;
    }

    private static Map<String, @Nullable Object> json(Outcome.Row row) {
        boolean isMeasured = row.medianMillis() >= 0;
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", row.name());
        json.put("operations", row.operations());
        json.put("kills", row.kills());
        json.put("takeovers", row.takeovers());
        json.put("maxHandoverMillis", isMeasured ? row.slowestMillis() : null);
        json.put("medianHandoverMillis", isMeasured ? row.medianMillis() : null);
        json.put("violations", row.violations());
        return json;
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Since JDK 25 there is again no console where there is no terminal, as before JDK 22. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        var console = System.console();
        return console != null && console.isTerminal();
    }
}
