package io.multiprocessing.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.multiprocessing.FileLock;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.SharedFile;
import io.multiprocessing.testkit.jvm.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our file locks and those of Python's module {@code fcntl} exclude each other. */
class FileLockPythonTest {
    /** Usage: kind path; each line of input is tried: "hold" waits, "try EX|SH" does not; "release" releases. */
    private static final String LOCKER = """
            import fcntl, sys
            lock = {"lockf": fcntl.lockf, "flock": fcntl.flock}[sys.argv[1]]
            kinds = {"EX": fcntl.LOCK_EX, "SH": fcntl.LOCK_SH}
            with open(sys.argv[2], "a+") as file:
                for line in sys.stdin:
                    words = line.split()
                    if words[0] == "release":
                        lock(file, fcntl.LOCK_UN)
                        print("released", flush=True)
                    else:
                        try:
                            lock(file, kinds[words[1]] | (fcntl.LOCK_NB if words[0] == "try" else 0))
                            print("locked", flush=True)
                        except BlockingIOError:
                            print("busy", flush=True)
            """;

    private static final String APPENDER = """
            import fcntl, sys
            for i in range(300):
                with open(sys.argv[2], "a") as file:
                    getattr(fcntl, sys.argv[1])(file, fcntl.LOCK_EX)
                    for part in ("from ", "python ", str(i), "\\n"):
                        file.write(part)
                        file.flush()
            """;

    @TempDir
    Path folder;

    private Path path;
    private FileLock lock;

    @BeforeEach
    void makeLock() throws Exception {
        assumeTrue(hasPython(), "there is no python3 on the PATH");
        path = folder.resolve("lock");
        lock = FileLock.of(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lockf", "flock"})
    void oursExcludesPythons(String kind) throws Exception {
        try (Python python = new Python(LOCKER, kind, path)) {
            try (var _ = lock.hold()) {
                assertThat(python.ask("try EX")).isEqualTo("busy");
                assertThat(python.ask("try SH")).isEqualTo("busy");
            }
            assertThat(python.ask("try EX")).isEqualTo("locked");
            assertThat(python.ask("release")).isEqualTo("released");
            try (var _ = lock.shared().hold()) {
                assertThat(python.ask("try EX")).isEqualTo("busy");
                assertThat(python.ask("try SH")).isEqualTo("locked");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lockf", "flock"})
    void pythonsExcludesOurs(String kind) throws Exception {
        try (Python python = new Python(LOCKER, kind, path)) {
            assertThat(python.ask("hold EX")).isEqualTo("locked");
            assertThat(lock.tryAcquire()).isFalse();
            assertThat(lock.shared().tryAcquire()).isFalse();
            assertThat(python.ask("release")).isEqualTo("released");
            assertThat(python.ask("hold SH")).isEqualTo("locked");
            assertThat(lock.tryAcquire()).isFalse();
            assertThat(lock.shared().tryAcquire()).isTrue();
            lock.shared().release();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lockf", "flock"})
    @SuppressWarnings("LockNotBeforeTry")
    void eachWaitsForTheOther(String kind) throws Exception {
        try (Python python = new Python(LOCKER, kind, path)) {
            lock.acquire();
            python.tell("hold EX");
            assertThat(python.hasAnswered()).isFalse();
            lock.release();
            assertThat(python.answer()).isEqualTo("locked");
            var ours = CompletableFuture.runAsync(() -> {
                lock.lock();
                lock.unlock();
            });
            assertThat(ours.isDone()).isFalse();
            python.kill();
            ours.get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lockf", "flock"})
    void recordsOfBothAreWhole(String kind) throws Exception {
        SharedFile file = SharedFile.of(folder.resolve("log"));
        try (Python python = new Python(APPENDER, kind, file.path())) {
            for (int i = 0; i < 300; i++) {
                file.append("from java " + i);
            }
            python.awaitEnd();
        }
        List<String> lines = file.lines();
        assertThat(lines).hasSize(600).allMatch(line -> line.matches("from (java|python) \\d+"));
        assertThat(lines).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lockf", "flock"})
    void strangersGetTheirTurn_whileProcessesAppend(String kind) throws Exception {
        SharedFile file = SharedFile.of(folder.resolve("log"));
        try (var mp = Multiprocessing.open();
                Python python = new Python(LOCKER, kind, file.path())) {
            var end = mp.event();
            var appending = mp.semaphore(0);
            List<io.multiprocessing.Process> appenders = Stream.generate(() -> mp.process(() -> {
                                file.append("line");
                                appending.release();
                                while (!end.isSet()) {
                                    file.append("line");
                                }
                            })
                            .daemon()
                            .start())
                    .limit(2)
                    .toList();
            assertThat(appending.acquire(Await.LIMIT)).isTrue();
            assertThat(appending.acquire(Await.LIMIT)).isTrue();
            for (int i = 0; i < 5; i++) {
                python.tell("hold EX");
                Await.until("Python has the lock", Await.LIMIT, python::hasAnswered);
                assertThat(python.answer()).isEqualTo("locked");
                long size = Files.size(file.path());
                assertThat(file.lock().tryAcquire()).isFalse();
                assertThat(file.path()).hasSize(size);
                assertThat(python.ask("release")).isEqualTo("released");
                assertThat(file.lock().acquire(Await.LIMIT)).isTrue();
                file.lock().release();
            }
            end.set();
            for (var appender : appenders) {
                appender.join();
                assertThat(appender.exitCode()).hasValue(0);
            }
        }
    }

    @Test
    void aFileOfPythonIsLeftAsItIs() throws Exception {
        Files.writeString(path, "content");
        lock.hold().close();
        assertThat(path).hasContent("content");
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "-c", "import fcntl").start().waitFor() == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    /** A script that runs. */
    private static final class Python implements AutoCloseable {
        private final Process process;
        private final BufferedReader output;

        Python(String script, String kind, Path path) throws IOException {
            process = new ProcessBuilder("python3", "-c", script, kind, path.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            output = process.inputReader();
        }

        String ask(String line) throws IOException {
            tell(line);
            return answer();
        }

        void tell(String line) throws IOException {
            process.outputWriter().write(line + "\n");
            process.outputWriter().flush();
        }

        String answer() throws IOException {
            return output.readLine();
        }

        boolean hasAnswered() throws IOException {
            return output.ready();
        }

        void awaitEnd() throws InterruptedException {
            assertThat(process.waitFor(Await.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            assertThat(process.exitValue()).isZero();
        }

        void kill() {
            process.destroyForcibly();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
