package io.multiprocessing.cli;

import static io.multiprocessing.cli.tour.Expectation.lines;
import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.cli.tour.Program;
import io.multiprocessing.cli.tour.Program.Ready;
import io.multiprocessing.cli.tour.Program.ToCome;
import io.multiprocessing.testkit.jvm.Await;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class TourCommandTest {
    private static final List<Program> PROGRAMS = List.of(
            new Ready(1, "One that is right", Right.class, lines("right")),
            new Ready(2, "One that prints the wrong thing", Right.class, lines("wrong")),
            new Ready(3, "One that complains", Complains.class, lines("right")),
            new Ready(4, "One that fails in silence", FailsInSilence.class, lines("right")),
            new ToCome(5, "One that is not written"));
    private static final List<Program> ENDLESS =
            List.of(new Ready(1, "One that never ends", NeverEnds.class, lines("right")));

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aRightProgramRanAsDescribed() {
        assertThat(tour("1")).isZero();
        assertThat(out.toString())
                .startsWith(" 1  One that is right\n      right\n    as described, ")
                .endsWith("\n\n1 of 1 programs ran as described\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void whatIsNoTutorialIsCountedApart() {
        List<Program> programs = List.of(
                new Ready(24, "The last of the tutorials", Right.class, lines("right")),
                new Ready(25, "One more", Right.class, lines("wrong")));
        assertThat(tour(programs)).isEqualTo(1);
        assertThat(out.toString()).endsWith("""
                0 of 1 more programs ran as described
                1 of 1 programs ran as described
                Failed:
                  25  One more
                """);
    }

    @Test
    void aProgramThatPrintsTheWrongThingFailed() {
        assertThat(tour("2")).isEqualTo(1);
        assertThat(out.toString())
                .contains("FAILED")
                .contains("line 1: expected \"wrong\", printed \"right\"")
                .endsWith("""
                        0 of 1 programs ran as described
                        Failed:
                           2  One that prints the wrong thing
                        """);
    }

    @Test
    void aProgramThatWritesToStandardErrorFailed_andItIsShown() {
        assertThat(tour("3")).isEqualTo(1);
        assertThat(out.toString()).contains("it wrote to standard error").contains("stderr: something is wrong");
    }

    @Test
    void aProgramWithAnExitCodeFailed() {
        assertThat(tour("4")).isEqualTo(1);
        assertThat(out.toString()).contains("its exit code was 3");
    }

    @Test
    void aProgramThatDoesNotEndIsKilled_andFailed() throws Exception {
        assertThat(tour(ENDLESS, "--time-limit", "1")).isEqualTo(1);
        assertThat(out.toString()).contains("it, or a process that it started, did not end in time");
        Await.until("it is dead", () -> ProcessHandle.current().children().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void withoutNumbersAllRun_andThoseToComeAreListed() {
        assertThat(tour()).isEqualTo(1);
        assertThat(out.toString()).endsWith("""
                1 of 5 programs ran as described
                Failed:
                   2  One that prints the wrong thing
                   3  One that complains
                   4  One that fails in silence
                Still to come:
                   5  One that is not written
                """);
    }

    @Test
    void aProgramToComeIsNotRun_andThatIsSaid() {
        assertThat(tour("5", "1")).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("Program 5 is not there yet: One that is not written\n");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void anUnknownNumberIsRefused() {
        assertThat(tour("0")).isEqualTo(2);
        assertThat(err.toString()).startsWith("There is no program 0; they are numbered 1 to 5\n");
    }

    @Test
    void whatIsNoNumberIsRefused() {
        assertThat(tour("one")).isEqualTo(2);
        assertThat(err.toString()).startsWith("Unmatched argument at index 0: 'one'\n");
    }

    @Test
    void theSameNumberTwiceRunsOnce() {
        assertThat(tour("1", "1")).isZero();
        assertThat(out.toString()).containsOnlyOnce("One that is right");
    }

    private int tour(String... arguments) {
        return tour(PROGRAMS, arguments);
    }

    private int tour(List<Program> programs, String... arguments) {
        return new CommandLine(new TourCommand(programs))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    static final class Right {
        public static void main(String[] args) {
            System.out.println("right");
        }
    }

    static final class Complains {
        public static void main(String[] args) {
            System.out.println("right");
            System.err.println("something is wrong");
        }
    }

    static final class FailsInSilence {
        public static void main(String[] args) {
            System.out.println("right");
            System.exit(3);
        }
    }

    static final class NeverEnds {
        public static void main(String[] args) throws InterruptedException {
            System.out.println("right");
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
