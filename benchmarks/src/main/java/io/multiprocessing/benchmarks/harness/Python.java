package io.multiprocessing.benchmarks.harness;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A Python interpreter that works.
 *
 * @param executable its program
 * @param name implementation and version, as {@code CPython 3.13.0}
 */
public record Python(String executable, String name) {
    private static final String PROBE = """
            import multiprocessing, platform, sys
            assert sys.version_info >= (3, 8), "needs Python 3.8 or newer, this is " + platform.python_version()
            print(sys.executable)
            print(platform.python_implementation(), platform.python_version())
            """;
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(20);

    /** Finds the interpreter that figures are compared with: 3.13 if this machine has it, else its {@code python3}. */
    public static Optional<Python> find() throws InterruptedException {
        return find(
                Optional.ofNullable(System.getenv("PATH")).orElse(""), Path.of(System.getProperty("user.home", ".")));
    }

    static Optional<Python> find(String searchPath, Path home) throws InterruptedException {
        List<Path> candidates = new ArrayList<>(onPath(searchPath, "python3.13"));
        candidates.addAll(ofPyenv(home));
        candidates.addAll(onPath(searchPath, "python3"));
        for (Path candidate : candidates) {
            try {
                return Optional.of(at(candidate.toString()));
            } catch (IllegalArgumentException unusable) {
                // As a shim of pyenv whose version is not switched on: the next one may do.
            }
        }
        return Optional.empty();
    }

    /**
     * The interpreter that a program is.
     *
     * @throws IllegalArgumentException if it is none that the scripts can run on; the message says what it answered
     */
    public static Python at(String program) throws InterruptedException {
        try {
            var process = new ProcessBuilder(program, "-c", PROBE)
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(PROBE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IllegalArgumentException("not a Python that works: " + program + " does not answer");
            }
            List<String> lines = process.inputReader().lines().toList();
            if (process.exitValue() != 0 || lines.size() != 2) {
                throw new IllegalArgumentException("not a Python that works: " + program + " ended with exit code "
                        + process.exitValue() + " and answered: " + String.join(" ", lines));
            }
            return new Python(lines.getFirst(), lines.getLast());
        } catch (IOException e) {
            throw new IllegalArgumentException("not a Python that works: " + e.getMessage(), e);
        }
    }

    private static List<Path> onPath(String searchPath, String program) {
        List<Path> found = new ArrayList<>();
        for (String folder : searchPath.split(File.pathSeparator, -1)) {
            Path candidate = Path.of(folder, program);
            if (!folder.isEmpty() && Files.isExecutable(candidate)) {
                found.add(candidate);
            }
        }
        return found;
    }

    private static List<Path> ofPyenv(Path home) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> versions =
                Files.newDirectoryStream(home.resolve(".pyenv").resolve("versions"), "3.13*")) {
            for (Path version : versions) {
                found.add(version.resolve("bin").resolve("python3"));
            }
        } catch (IOException noPyenv) {
            return List.of();
        }
        return found;
    }
}
