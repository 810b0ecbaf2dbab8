package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Process;
import io.multiprocessing.Process.Stream;
import io.multiprocessing.ProcessStartException;
import io.multiprocessing.testkit.jvm.Await;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How a process can be set up: environment, directory, JVM options and standard streams, in every context whose processes are
 * JVMs. Those that are threads have no such thing of their own, and refuse it.
 */
public abstract class ProcessSettingsContract extends ProcessSuite {
    @TempDir
    Path folder;

    @Test
    void environmentIsInherited_butForWhatIsSet() throws Exception {
        String path = System.getenv("PATH");
        assertThat(path).isNotEmpty();
        String output = outputOf(mp.process(() -> System.out.println(System.getenv("GREETING") + " "
                        + System.getenv("HOME") + " "
                        + Objects.equals(System.getenv("PATH"), path)
                        + " [" + System.getenv("EMPTY") + "]"))
                .environment("GREETING", "one")
                .environment("GREETING", "hello = world")
                .environment("HOME", "/elsewhere")
                .environment("EMPTY", ""));
        assertThat(output).isEqualTo("hello = world /elsewhere true []");
    }

    @Test
    void environmentIsThatOfTheParent_whenNothingIsSet() throws Exception {
        String here = System.getenv().keySet().stream().sorted().collect(Collectors.joining(" "));
        assertThat(outputOf(() -> System.out.println(
                        System.getenv().keySet().stream().sorted().collect(Collectors.joining(" ")))))
                .isEqualTo(here);
    }

    @Test
    void directoryIsWhereTheTaskRuns() throws Exception {
        assertThat(outputOf(() -> System.out.println(new File("").getAbsolutePath())))
                .isEqualTo(new File("").getAbsolutePath());
        outputOf(mp.process(() -> Files.writeString(Path.of("note"), "from the child"))
                .directory(folder));
        assertThat(folder.resolve("note")).hasContent("from the child");
    }

    @Test
    void startIsRefused_andCanBeRepeated_whenTheDirectoryHasGone() throws Exception {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        Process process = mp.process(() -> {}).directory(gone);
        Files.delete(gone);
        assertThatThrownBy(process::start)
                .isInstanceOf(ProcessStartException.class)
                .hasMessageContaining(gone.toString());
        assertThat(process.isAlive()).isFalse();
        assertThat(process.pid()).isEmpty();

        Files.createDirectory(gone);
        join(process.start());
        assertThat(process.exitCode()).hasValue(0);
    }

    @Test
    void jvmOptionsReachTheChild() throws Exception {
        String output = outputOf(mp.process(() -> System.out.println(
                        Runtime.getRuntime().maxMemory() / 1024 / 1024 + " " + System.getProperty("colour")))
                .jvmOptions("-Xmx48m", "-Dcolour=red")
                .jvmOptions("-Dcolour=deep blue"));
        String[] words = output.split(" ", 2);
        assertThat(Integer.parseInt(words[0])).isBetween(40, 48);
        assertThat(words[1]).isEqualTo("deep blue");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseParallelGC", "-XX:+UseG1GC", "-XX:+UseSerialGC"})
    void collectorMayBeChosen_byOptionAndByEnvironment(String collector) throws Exception {
        List<String> names = List.of(
                outputOf(mp.process(ProcessSettingsContract::printCollector).jvmOptions(collector))
                        .split(" "));
        Process process =
                mp.process(ProcessSettingsContract::printCollector).environment("JDK_JAVA_OPTIONS", collector);
        process.stderr(Stream.DISCARD);
        assertThat(outputOf(process).split(" ")).containsExactlyElementsOf(names);
        process = mp.process(ProcessSettingsContract::printCollector).environment("JAVA_TOOL_OPTIONS", collector);
        process.stderr(Stream.DISCARD);
        assertThat(outputOf(process).split(" ")).containsExactlyElementsOf(names);
    }

    private static void printCollector() {
        System.out.println(ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(bean -> bean.getName().replace(' ', '-'))
                .collect(Collectors.joining(" ")));
    }

    @Test
    void endIsSeen_whenTheJvmRefusesItsOptions() throws Exception {
        assertThat(errorsOf(mp.process(() -> {}).jvmOptions("-XX:NoSuchOption=1"), 1))
                .contains("NoSuchOption");
    }

    @Test
    void stdinIsEmpty_whenNotSet() throws Exception {
        assertThat(outputOf(() -> System.out.println(System.in.read()))).isEqualTo("-1");
    }

    @Test
    void pipesConnectParentAndChild() throws Exception {
        Process echo = mp.process(() -> {
                    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
                    for (String line = in.readLine(); line != null; line = in.readLine()) {
                        System.out.println("out " + line);
                        System.err.println("err " + line);
                    }
                })
                .stdin(Stream.PIPE)
                .stdout(Stream.PIPE)
                .stderr(Stream.PIPE)
                .start();
        var out = new BufferedReader(new InputStreamReader(echo.stdout(), StandardCharsets.UTF_8));
        var err = new BufferedReader(new InputStreamReader(echo.stderr(), StandardCharsets.UTF_8));
        for (String line : List.of("one", "two")) {
            echo.stdin().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            echo.stdin().flush();
            assertThat(out.readLine()).isEqualTo("out " + line);
            assertThat(err.readLine()).isEqualTo("err " + line);
        }
        echo.stdin().close();
        assertThat(out.readLine()).isNull();
        join(echo);
        assertThat(echo.exitCode()).hasValue(0);
    }

    @Test
    void pipeHoldsWhatWasWritten_whenTheChildHasEnded() throws Exception {
        Process process = mp.process(() -> System.out.println("left behind"))
                .stdout(Stream.PIPE)
                .start();
        join(process);
        assertThat(textOf(process.stdout())).isEqualTo("left behind");
    }

    @Test
    void pipeCarriesAsMuchAsIsWritten() throws Exception {
        int bytes = 3_000_000;
        Process process = mp.process(() -> System.out.write(new byte[bytes]))
                .stdout(Stream.PIPE)
                .start();
        assertThat(process.stdout().readAllBytes()).hasSize(bytes);
        join(process);
    }

    @Test
    void streamsThatAreNoPipesAreRefused() throws Exception {
        Process process = mp.process(() -> {}).stdout(Stream.DISCARD).start();
        assertThatThrownBy(process::stdin)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("standard input")
                .hasMessageContaining("Stream.PIPE");
        assertThatThrownBy(process::stdout)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("standard output");
        assertThatThrownBy(process::stderr)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("standard error");
        join(process);
    }

    @Test
    void discardedOutputGoesNowhere() throws Exception {
        Process process = mp.process(() -> {
                    for (String stream : List.of("0", "1", "2")) {
                        System.err.println(Path.of("/proc/self/fd", stream).toRealPath());
                    }
                })
                .stdin(Stream.DISCARD)
                .stdout(Stream.DISCARD)
                .stderr(folder.resolve("where"))
                .start();
        join(process);
        assertThat(Files.readAllLines(folder.resolve("where")))
                .startsWith("/dev/null", "/dev/null")
                .hasSize(3);
    }

    @Test
    void filesAreCreated_andAppendedTo() throws Exception {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        for (int i = 0; i < 2; i++) {
            int number = i;
            Process process = mp.process(() -> {
                        System.out.println("out " + number);
                        System.err.println("err " + number);
                    })
                    .stdout(out)
                    .stderr(err)
                    .start();
            join(process);
        }
        assertThat(out).content().isEqualTo("out 0\nout 1\n");
        assertThat(err).content().isEqualTo("err 0\nerr 1\n");
    }

    @Test
    void oneFileServesBothStreams_andManyChildren() throws Exception {
        Path log = folder.resolve("log");
        List<Process> children = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            children.add(mp.process(() -> {
                        System.out.println("out");
                        System.err.println("err");
                    })
                    .stdout(log)
                    .stderr(log)
                    .start());
        }
        for (Process child : children) {
            join(child);
        }
        assertThat(Files.readAllLines(log)).containsExactlyInAnyOrder("out", "out", "out", "err", "err", "err");
    }

    @Test
    void startIsRefused_whenAFileCanNotBeOpened() {
        Path file = folder.resolve("no-such-folder").resolve("out");
        assertThatThrownBy(() -> mp.process(() -> {}).stdout(file).start())
                .isInstanceOf(ProcessStartException.class)
                .hasMessageContaining(file.toString());
        assertThatThrownBy(() -> mp.process(() -> {}).stderr(folder).start())
                .isInstanceOf(ProcessStartException.class)
                .hasMessageContaining(folder.toString());
    }

    @Test
    void childHasNoOpenFilesOfItsParent() throws Exception {
        Path secret = Files.createFile(folder.resolve("secret"));
        try (var open = new RandomAccessFile(secret.toFile(), "rw")) {
            open.write(1);
            String files = outputOf(() -> System.out.println(openFiles()));
            assertThat(files).doesNotContain("secret").doesNotContain("pipe-of-another");
        }
    }

    @Test
    void childHasNoMoreOpenFiles_whenItHasSiblings() throws Exception {
        Process process = mp.process(() -> System.out.println(openFiles().size()));
        int alone = Integer.parseInt(outputOf(process));
        List<Process> siblings = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            siblings.add(mp.process(() -> Thread.sleep(FOREVER))
                    .stdin(Stream.PIPE)
                    .stdout(Stream.PIPE)
                    .start());
        }
        settle();
        // Its JVM may have one open for a moment.
        Await.until(
                "there are no more",
                () -> Integer.parseInt(
                                outputOf(() -> System.out.println(openFiles().size())))
                        <= alone);
        siblings.forEach(Process::kill);
    }

    @Test
    void parentHasNoMoreOpenFiles_whenItsChildrenAreClosed() throws Exception {
        startAndClose();
        settle();
        int before = openFiles().size();
        for (int i = 0; i < 4; i++) {
            startAndClose();
        }
        settle();
        // Others in this JVM may have some open for a moment.
        Await.until("no more are open than before", () -> openFiles().size() <= before);
    }

    private void startAndClose() throws Exception {
        try (Process process = mp.process(() -> {})
                .stdin(Stream.PIPE)
                .stdout(Stream.PIPE)
                .stderr(Stream.PIPE)
                .start()) {
            join(process);
        }
    }

    private static List<String> openFiles() throws IOException {
        List<String> files = new ArrayList<>();
        String[] numbers = new File("/proc/self/fd").list();
        for (String number : numbers == null ? new String[0] : numbers) {
            Path link = Path.of("/proc/self/fd", number);
            if (Files.isSymbolicLink(link)) {
                files.add(Files.readSymbolicLink(link).toString());
            }
        }
        return files;
    }
}
