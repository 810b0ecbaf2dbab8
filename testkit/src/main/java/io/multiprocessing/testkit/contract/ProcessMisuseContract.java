package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import io.multiprocessing.Process.Stream;
import io.multiprocessing.StartMethod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a process does not let its user do, in every context. */
public abstract class ProcessMisuseContract extends ProcessSuite {
    @Test
    void startIsRefused_theSecondTime() throws Exception {
        Process process = mp.process(() -> {}).start();
        assertRefused(process::start, "only once");
        join(process);
        assertRefused(process::start, "only once");
    }

    @Test
    void startIsRefused_whenTheContextIsClosed() {
        Process process = mp.process(() -> {});
        mp.close();
        assertRefused(process::start, "closed");
        assertRefused(() -> mp.process(() -> {}), "closed");
    }

    @Test
    void waitingAndSignallingAreRefused_beforeTheStart() {
        Process process = mp.process(() -> {});
        if (isEachProcessAJvm()) {
            process.stdin(Stream.PIPE);
        }
        List<ThrowingCallable> tooEarly = List.of(
                process::join,
                () -> process.join(Duration.ZERO),
                process::onExit,
                process::sentinel,
                process::terminate,
                process::kill,
                process::interrupt,
                process::stdin,
                process::stdout,
                process::stderr);
        for (ThrowingCallable action : tooEarly) {
            assertRefused(action, "not been started");
        }
        process.close();
    }

    @Test
    void joinOfOneselfIsRefused() throws Exception {
        Process self = Multiprocessing.currentProcess();
        assertRefused(self::join, "itself");
        assertRefused(() -> self.join(Duration.ZERO), "itself");
        assertRefused(self::sentinel, "itself");
        assertThat(outputOf(() -> {
                    try {
                        Multiprocessing.currentProcess().join();
                    } catch (IllegalStateException refused) {
                        System.out.println("refused");
                    }
                }))
                .isEqualTo("refused");
    }

    @Test
    void closeIsRefused_whileItRuns() throws Exception {
        Process sleeper = mp.process(() -> Thread.sleep(FOREVER)).start();
        assertRefused(sleeper::close, "running");
        assertThat(sleeper.isAlive()).isTrue();
        sleeper.kill();
        sleeper.join();
        sleeper.close();
        sleeper.close();
    }

    @Test
    void useIsRefused_afterClose() throws Exception {
        Process process = mp.process(() -> {}).name("over").daemon();
        if (isEachProcessAJvm()) {
            process.stdout(Stream.PIPE);
        }
        process.start();
        join(process);
        process.close();
        List<ThrowingCallable> tooLate = List.of(
                process::start,
                process::join,
                () -> process.join(Duration.ZERO),
                process::isAlive,
                process::exitCode,
                process::pid,
                process::interrupt,
                process::terminate,
                process::kill,
                process::onExit,
                process::sentinel,
                process::stdout,
                () -> process.name("another"));
        for (ThrowingCallable action : tooLate) {
            assertRefused(action, "closed");
        }
        assertThat(process.name()).isEqualTo("over");
        assertThat(process.isDaemon()).isTrue();
    }

    @Test
    void startIsRefused_afterClose() {
        Process process = mp.process(() -> {});
        process.close();
        assertRefused(process::start, "closed");
    }

    @Test
    void descriptionIsRefused_afterTheStart() throws Exception {
        Process process = mp.process(() -> {}).start();
        Path folder = Path.of("/");
        List<ThrowingCallable> tooLate = List.of(
                () -> process.name("another"),
                process::daemon,
                () -> process.daemon(false),
                () -> process.jvmOptions("-Da=b"),
                () -> process.startMethod(StartMethod.SPAWN),
                () -> process.environment("A", "b"),
                () -> process.directory(folder),
                () -> process.stdin(Stream.PIPE),
                () -> process.stdout(Stream.PIPE),
                () -> process.stderr(Stream.PIPE),
                () -> process.stdout(folder.resolve("out")),
                () -> process.stderr(folder.resolve("err")));
        for (ThrowingCallable action : tooLate) {
            assertRefused(action, "before it is started");
        }
        join(process);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Xmx64m", "java.lang.Object"})
    void jvmOptionIsRefused_whenItIsNone(String option) {
        assertThatThrownBy(() -> mp.process(() -> {}).jvmOptions("-Xmx64m", option))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + option + "\"");
    }

    @Test
    void environmentIsRefused_whenTheSystemCouldNotHoldIt() {
        Process process = mp.process(() -> {});
        for (String name : List.of("", "a=b", "a\0b")) {
            assertThatThrownBy(() -> process.environment(name, "value")).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> process.environment("NAME", "a\0b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NAME");
    }

    @Test
    void directoryIsRefused_whenItIsNone() {
        assertThatThrownBy(() -> mp.process(() -> {}).directory(Path.of("/no/such/folder")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/no/such/folder");
    }

    private static void assertRefused(ThrowingCallable action, String reason) {
        assertThatThrownBy(action)
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessageContaining(reason);
    }
}
