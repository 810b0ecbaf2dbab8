package io.multiprocessing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.cli.chaos.PlantedFleet;
import io.multiprocessing.local.member.ContextFolders;
import io.multiprocessing.testkit.jvm.Await;
import io.multiprocessing.testkit.jvm.JavaProgram;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

class ChaosCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void allRulesHold_andWhatWasCountedIsTold(@TempDir Path folder) throws Exception {
        Path json = folder.resolve("chaos.json");
        int exitCode = chaos(new ChaosCommand(), "--kills", "10", "--seed", "7", "--json", json.toString());
        assertThat(exitCode).as(out.toString()).isZero();
        assertThat(out.toString())
                .startsWith("seed 7\nscenario ")
                .containsPattern("\n0 violations, 0 leaks, 1\\d kills, [\\d,]+ operations in \\d+ s, seed 7\n$");
        assertThat(Files.readString(json))
                .startsWith("{\"seed\":7,\"seconds\":")
                .contains("\"violations\":0,\"leaks\":0,\"scenarios\":[{\"name\":\"lock\",\"operations\":");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrongIsTold_andMakesTheExitCode(PlantedFleet planted) {
        boolean isFoundInTheEnd = planted == PlantedFleet.LEAK || planted == PlantedFleet.VIOLATION_IN_THE_END;
        int exitCode = chaos(new ChaosCommand(planted), "--fail-fast", "--seconds", isFoundInTheEnd ? "1" : "100");
        assertThat(exitCode).as(out.toString()).isEqualTo(1);
        assertThat(out.toString()).contains(planted == PlantedFleet.STANDSTILL ? "stands still" : "planted");
        removeWhatIsKept();
    }

    /** What is kept of a process that broke a rule is for people to read, and was planted here. */
    private void removeWhatIsKept() {
        Pattern.compile("\\S+mp-chaos-\\d+(?=/)")
                .matcher(out.toString())
                .results()
                .map(kept -> new File(kept.group()))
                .distinct()
                .forEach(folder -> {
                    for (File log : Objects.requireNonNull(folder.listFiles())) {
                        assertThat(log.delete()).isTrue();
                    }
                    assertThat(folder.delete()).isTrue();
                });
    }

    @Test
    void absurdNumbersAreRefused() {
        for (var arguments : List.of(
                List.of("--seconds", "0"),
                List.of("--kills", "-1"),
                List.of("--processes", "2"),
                List.of("--processes", "1000"),
                List.of("--seed", "x"))) {
            assertThat(chaos(new ChaosCommand(), arguments.toArray(String[]::new)))
                    .isEqualTo(2);
        }
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("--processes is 2; it must be 3 to 64");
    }

    @Test
    void fileThatCannotBeWritten_isAnErrorBeforeAnybodyIsKilled(@TempDir Path folder) {
        assertThat(chaos(new ChaosCommand(), "--json", folder.toString())).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("cannot write to " + folder);
    }

    @Test
    void whoIsAskedToEndInTheMiddle_leavesNothing(@TempDir Path folder) throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        Path contexts = folder.resolve("contexts");
        List<ProcessHandle> family;
        try (JavaProgram program = new JavaProgram.Launch()
                .options("-Djava.io.tmpdir=" + temporary, "-Dmultiprocessing.folder=" + contexts)
                .start(Mp.class, "chaos", "--seconds", "600")) {
            ProcessHandle chaos = ProcessHandle.of(program.pid()).orElseThrow();
            Await.until("processes take part", () -> chaos.descendants().count() > 3);
            family = chaos.descendants().toList();
            program.terminate();
            assertThat(program.end().exitCode()).isEqualTo(128 + 15);
        }
        for (ProcessHandle member : family) {
            Await.death(member.pid());
        }
        // A process that was started while all were asked to end is in its context until it has ended as well.
        Await.until("no context is left", () -> {
            ContextFolders.in(contexts).sweep(); // as the next context does that is opened
            return contexts.toFile().list().length == 0;
        });
        assertThat(temporary).isEmptyDirectory();
    }

    private int chaos(ChaosCommand command, String... arguments) {
        return new CommandLine(command)
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
