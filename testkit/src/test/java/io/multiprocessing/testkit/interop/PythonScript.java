package io.multiprocessing.testkit.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.testkit.jvm.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A script that runs on a stock CPython beside the test. */
final class PythonScript implements AutoCloseable {
    private static final String IS_NEW_ENOUGH = "import sys, multiprocessing; sys.exit(sys.version_info < (3, 12))";

    private final Process process;

    private PythonScript(Process process) {
        this.process = process;
    }

    /** Starts it; the test is skipped where there is no Python that is new enough for the handshake. */
    static PythonScript start(String script, String... arguments) throws IOException, InterruptedException {
        String python = Found.PROGRAM;
        Assumptions.assumeTrue(
                python != null,
                "skipped: no python3 of version 3.12 or newer, neither on the PATH nor in ~/.pyenv/versions");
        List<String> command = new ArrayList<>(List.of(String.valueOf(python), "-c", script));
        command.addAll(Arrays.asList(arguments));
        return new PythonScript(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** What it has printed when it has ended, which it must in good order. */
    String end() throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor(Await.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .as(output)
                .isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    /** The next line that it prints. */
    String line() throws IOException {
        var line = new StringBuilder();
        for (int next = process.getInputStream().read();
                next >= 0 && next != '\n';
                next = process.getInputStream().read()) {
            line.append((char) next);
        }
        return line.toString();
    }

    /** Sends it a line. */
    void tell(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static final class Found {
        static final @Nullable String PROGRAM = find();

        private static @Nullable String find() {
            List<Path> candidates = new ArrayList<>();
            Path versions = Path.of(System.getProperty("user.home"), ".pyenv", "versions");
            try (DirectoryStream<Path> all = Files.newDirectoryStream(versions, "3.1[2-9]*")) {
                all.forEach(version -> candidates.add(version.resolve("bin").resolve("python3")));
            } catch (IOException noPyenv) {
                // There may be one on the path.
            }
            candidates.add(Path.of("python3"));
            for (Path candidate : candidates) {
                try {
                    if (new ProcessBuilder(candidate.toString(), "-c", IS_NEW_ENOUGH)
                                    .start()
                                    .waitFor()
                            == 0) {
                        return candidate.toString();
                    }
                } catch (IOException missing) {
                    // The next one may do.
                } catch (InterruptedException interrupted) {
                    throw new IllegalStateException(interrupted);
                }
            }
            return null;
        }
    }
}
