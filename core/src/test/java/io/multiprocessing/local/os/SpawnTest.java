package io.multiprocessing.local.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Await;
import io.multiprocessing.local.os.Launch.Redirect;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starting processes and learning how they ended. */
class SpawnTest {
    private static final Redirect PIPE = new Redirect.Pipe();
    private static final Redirect DISCARD = new Redirect.Discard();

    @TempDir
    Path folder;

    private final Os os = Os.current();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 137, 143, 255})
    void statusIsTheExitCode(int code) throws IOException {
        Spawned child = os.spawn(shell("exit " + code, DISCARD));
        assertThat(os.reap(child.pid())).isEqualTo(new ExitStatus(false, code));
    }

    /** Not those that a shell has its background jobs ignore. */
    @ParameterizedTest
    @ValueSource(ints = {9, 10, 14, 15})
    void statusIsTheSignal(int signal) throws IOException {
        Spawned child = os.spawn(shell("kill -" + signal + " $$", DISCARD));
        assertThat(os.reap(child.pid())).isEqualTo(new ExitStatus(true, signal));
    }

    @Test
    void signalReachesTheChild() throws IOException {
        Spawned child =
                os.spawn(new Launch(List.of("/bin/sleep", "600"), null, null, DISCARD, DISCARD, DISCARD, false));
        os.signal(child.pid(), Signals.SIGTERM);
        assertThat(os.reap(child.pid())).isEqualTo(new ExitStatus(true, Signals.SIGTERM));
    }

    @Test
    void pipesReachAllStreams() throws IOException {
        Spawned child = os.spawn(new Launch(
                List.of("/bin/sh", "-c", "read line; echo out $line; echo err $line >&2"),
                null,
                null,
                PIPE,
                PIPE,
                PIPE,
                false));
        try (var in = Objects.requireNonNull(child.stdin())) {
            in.write("a line\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(text(child.stdout())).isEqualTo("out a line\n");
        assertThat(text(child.stderr())).isEqualTo("err a line\n");
        assertThat(os.reap(child.pid()).number()).isZero();
    }

    @Test
    void streamsThatAreNoPipesHaveNoEndHere() throws IOException {
        Spawned child = os.spawn(shell("true", DISCARD));
        assertThat(child.stdin()).isNull();
        assertThat(child.stdout()).isNull();
        assertThat(child.stderr()).isNull();
        assertThat(child.control()).isNull();
        os.reap(child.pid());
    }

    @Test
    void discardedInputIsEmpty() throws IOException {
        Spawned child = os.spawn(shell("cat; echo end", PIPE));
        assertThat(text(child.stdout())).isEqualTo("end\n");
        os.reap(child.pid());
    }

    @Test
    void appendedFileIsForTheUserOnly() throws IOException {
        Path file = folder.resolve("out");
        for (int i = 0; i < 2; i++) {
            os.reap(os.spawn(shell("echo " + i, new Redirect.Append(file))).pid());
        }
        assertThat(file).hasContent("0\n1\n");
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    }

    @Test
    void directoryAndEnvironmentAreThoseGiven() throws IOException {
        Spawned child = os.spawn(new Launch(
                List.of("/bin/sh", "-c", "pwd -P; echo $GREETING; /usr/bin/env | grep -c ^HOME="),
                Map.of("GREETING", "hello  world"),
                folder,
                DISCARD,
                PIPE,
                DISCARD,
                false));
        assertThat(text(child.stdout())).isEqualTo(folder.toRealPath() + "\nhello world\n0\n");
        os.reap(child.pid());
    }

    @Test
    void environmentIsThisProcesss_whenNoneIsGiven() throws IOException {
        Spawned child = os.spawn(shell("echo \"$PATH\"", PIPE));
        assertThat(text(child.stdout())).isEqualTo(System.getenv("PATH") + "\n");
        os.reap(child.pid());
    }

    @Test
    void argumentsArriveAsTheyAre() throws IOException {
        Spawned child = os.spawn(new Launch(
                List.of("/bin/sh", "-c", "for a in \"$@\"; do echo \"[$a]\"; done", "sh", "a b", "", "'\"$x", "*"),
                null,
                null,
                DISCARD,
                PIPE,
                DISCARD,
                false));
        assertThat(text(child.stdout())).isEqualTo("[a b]\n[]\n['\"$x]\n[*]\n");
        os.reap(child.pid());
    }

    @Test
    void controlPipeIsTheFourthDescriptor_andEndsWithTheParent() throws IOException {
        Spawned child = os.spawn(
                new Launch(List.of("/bin/sh", "-c", "cat <&3; echo over"), null, null, DISCARD, PIPE, DISCARD, true));
        try (var control = Objects.requireNonNull(child.control())) {
            control.write('I');
        }
        assertThat(text(child.stdout())).isEqualTo("Iover\n");
        os.reap(child.pid());
    }

    @Test
    void childHasNoOtherDescriptors() throws Exception {
        Path secret = Files.createFile(folder.resolve("secret"));
        try (var open = new RandomAccessFile(secret.toFile(), "r")) {
            assertThat(open.length()).isZero();
            Spawned sibling = os.spawn(new Launch(List.of("/bin/sleep", "600"), null, null, PIPE, PIPE, PIPE, true));
            Spawned child = os.spawn(
                    new Launch(List.of("/bin/sh", "-c", "ls /proc/$$/fd"), null, null, DISCARD, PIPE, DISCARD, true));
            assertThat(text(child.stdout()).split("\n")).containsExactly("0", "1", "2", "3");
            os.reap(child.pid());
            // So the sibling sees the end of its input when this process closes it, though the child came after it.
            Objects.requireNonNull(sibling.stdin()).close();
            os.signal(sibling.pid(), Signals.SIGKILL);
            os.reap(sibling.pid());
        }
    }

    @Test
    void ourEndsOfPipesAreClosed_whenTheStartFails() throws Exception {
        spawnMissing();
        int before = openDescriptors();
        for (int i = 0; i < 5; i++) {
            spawnMissing();
        }
        Await.until("the descriptors are closed", () -> {
            System.gc();
            return openDescriptors() <= before;
        });
    }

    private void spawnMissing() {
        assertThatThrownBy(() -> os.spawn(new Launch(List.of("/no/such/program"), null, null, PIPE, PIPE, PIPE, true)))
                .isInstanceOf(IOException.class)
                .hasMessage("can't start /no/such/program: no such file or directory");
    }

    private static int openDescriptors() {
        return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
    }

    @Test
    void startFails_withTheReason() throws IOException {
        Path plain = Files.createFile(folder.resolve("plain"));
        assertThatThrownBy(() ->
                        os.spawn(new Launch(List.of(plain.toString()), null, null, DISCARD, DISCARD, DISCARD, false)))
                .isInstanceOf(IOException.class)
                .hasMessage("can't start " + plain + ": permission denied");
        assertThatThrownBy(() -> os.spawn(new Launch(
                        List.of("/bin/true"), null, folder.resolve("gone"), DISCARD, DISCARD, DISCARD, false)))
                .hasMessage("can't run in " + folder.resolve("gone") + ": no such file or directory");
        assertThatThrownBy(() -> os.spawn(shell("true", new Redirect.Append(folder))))
                .hasMessage("can't append to " + folder + ": it is a directory");
        assertThatThrownBy(() -> os.spawn(shell("x".repeat(1_000_000), DISCARD)))
                .hasMessageContaining("longer than the system allows");
    }

    @Test
    void startTimeTellsProcessesApart() throws Exception {
        long here = os.startTime(ProcessHandle.current().pid());
        assertThat(here)
                .isPositive()
                .isEqualTo(os.startTime(ProcessHandle.current().pid()));
        Spawned child = os.spawn(shell("exit 0", DISCARD));
        Await.until("it has ended, but not been reaped", () -> os.startTime(child.pid()) == -1);
        os.reap(child.pid());
        assertThat(os.startTime(child.pid())).isEqualTo(-1);
        assertThat(os.startTime(Integer.MAX_VALUE)).isEqualTo(-1);
    }

    private static Launch shell(String script, Redirect out) {
        return new Launch(List.of("/bin/sh", "-c", script), null, null, DISCARD, out, DISCARD, false);
    }

    private static String text(@Nullable InputStream stream) throws IOException {
        try (var in = Objects.requireNonNull(stream)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
