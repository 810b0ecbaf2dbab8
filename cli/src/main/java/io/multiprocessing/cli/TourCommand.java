package io.multiprocessing.cli;

import io.multiprocessing.cli.tour.Outcome;
import io.multiprocessing.cli.tour.Program;
import io.multiprocessing.cli.tour.Program.Ready;
import io.multiprocessing.cli.tour.Program.ToCome;
import io.multiprocessing.cli.tour.ProgramRunner;
import io.multiprocessing.cli.tour.TutorialPrograms;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code mp tour}: runs the tutorial programs, shows what they print, and checks it. */
@Command(
        name = "tour",
        description = "Runs the tutorial programs, each in a process of its own, and checks what they print.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:all ran as described", "1:one did not", "2:there is no such program, or not yet"})
public final class TourCommand implements Callable<Integer> {
    @Parameters(paramLabel = "N", description = "The numbers of the programs to run; without: all.")
    private List<Integer> numbers = List.of();

    @Option(
            names = "--time-limit",
            paramLabel = "SECONDS",
            description = "After how long a program is killed, and counts as failed; by default ${DEFAULT-VALUE}.",
            defaultValue = "60")
    private int timeLimitSeconds;

    @Spec
    private CommandSpec spec;

    private final List<Program> programs;

    public TourCommand() {
        this(TutorialPrograms.ALL);
    }

    TourCommand(List<Program> programs) {
        this.programs = programs;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (timeLimitSeconds <= 0) {
            throw new ParameterException(
                    spec.commandLine(), "--time-limit is " + timeLimitSeconds + "; it must be at least 1");
        }
        List<Program> chosen = numbers.isEmpty()
                ? programs
                : numbers.stream().distinct().map(this::program).toList();
        List<ToCome> toCome = only(ToCome.class, chosen);
        if (!numbers.isEmpty() && !toCome.isEmpty()) {
            toCome.forEach(program -> spec.commandLine()
                    .getErr()
                    .println("Program " + program.number() + " is not there yet: " + program.title()));
            return ExitCode.USAGE;
        }
        return run(chosen, toCome);
    }

    private int run(List<Program> chosen, List<ToCome> toCome) throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        var runner = new ProgramRunner(Duration.ofSeconds(timeLimitSeconds));
        List<Ready> failed = new ArrayList<>();
        for (Ready program : only(Ready.class, chosen)) {
            out.println(paint("bold", line(program)));
            out.flush();
            Outcome outcome = runner.run(program.main(), line -> {
                out.println("      " + line);
                out.flush();
            });
            List<String> faults = outcome.faults(program.expected());
            report(outcome, faults);
            if (!faults.isEmpty()) {
                failed.add(program);
            }
        }
        summarize(chosen.stream().filter(program -> !isTutorial(program)).toList(), failed, "more programs");
        summarize(chosen.stream().filter(TourCommand::isTutorial).toList(), failed, "programs");
        list("Failed:", failed);
        list("Still to come:", toCome);
        out.flush();
        return failed.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static boolean isTutorial(Program program) {
        return program.number() <= TutorialPrograms.TUTORIALS;
    }

    private void summarize(List<Program> some, List<Ready> failed, String what) {
        if (!some.isEmpty()) {
            long asDescribed = only(Ready.class, some).stream()
                    .filter(program -> !failed.contains(program))
                    .count();
            String summary = asDescribed + " of " + some.size() + " " + what + " ran as described";
            boolean isAnyFailed = failed.stream().anyMatch(some::contains);
            spec.commandLine().getOut().println(paint(isAnyFailed ? "bold,red" : "bold,green", summary));
        }
    }

    private void report(Outcome outcome, List<String> faults) {
        PrintWriter out = spec.commandLine().getOut();
        String seconds = "%.1f s".formatted(outcome.took().toMillis() / 1000.0);
        if (faults.isEmpty()) {
            out.println("    " + paint("green", "as described") + ", " + seconds);
        } else {
            out.println("    " + paint("red", "FAILED") + ", " + seconds);
            faults.forEach(fault -> out.println("      " + fault));
        }
        outcome.errors().forEach(line -> out.println("      stderr: " + line));
        out.println();
    }

    private void list(String heading, List<? extends Program> some) {
        if (!some.isEmpty()) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(heading);
            some.forEach(program -> out.println("  " + line(program)));
        }
    }

    private Program program(int number) {
        return programs.stream()
                .filter(program -> program.number() == number)
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "There is no program " + number + "; they are numbered 1 to " + programs.size()));
    }

    private String paint(String style, String text) {
        // The style goes in as markup, the text does not: a program's own "@|" stays as it is.
        return spec.commandLine()
                .getColorScheme()
                .ansi()
                .string("@|" + style + " %s|@")
                .formatted(text);
    }

    private static String line(Program program) {
        return "%2d  %s".formatted(program.number(), program.title());
    }

    private static <T extends Program> List<T> only(Class<T> type, List<Program> programs) {
        return programs.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
