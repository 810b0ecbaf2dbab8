package io.multiprocessing.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/**
 * Runs the peers' scripts. They are files of a folder of their own for that long, for the processes that Python
 * spawns read the main script again.
 */
final class Scripts implements AutoCloseable {
    private static final String NEVER = "never";

    private final Python python;
    private final Path folder;

    Scripts(Python python) throws IOException {
        this.python = python;
        folder = remembered(Files.createTempDirectory("mp-bench-"));
    }

    /**
     * Runs a script once.
     *
     * @return the number that it printed; empty if it printed that its side never ends
     * @throws IllegalStateException if it failed, printed something else, or took too long
     */
    OptionalDouble round(Peer.Script script, Effort effort) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(python.executable(), extracted(script.file()).toString()));
        for (Object argument : script.arguments().apply(effort)) {
            command.add(argument instanceof Duration time ? seconds(time) : String.valueOf(argument));
        }
        // Files, not pipes: a process that outlives the script could hold a pipe open.
        Path output = remembered(folder.resolve("output"));
        Path errors = remembered(folder.resolve("errors"));
        var process = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(nothing().toFile()))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            if (!process.waitFor(effort.roundLimit().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(script.file() + " has not ended within "
                        + effort.roundLimit().toSeconds() + " s; on standard error: " + Files.readString(errors));
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(script.file() + " ended with exit code " + process.exitValue()
                    + "; on standard error: " + Files.readString(errors));
        }
        return parsed(script.file(), Files.readString(output).strip());
    }

    private static OptionalDouble parsed(String file, String printed) {
        if (printed.equals(NEVER)) {
            return OptionalDouble.empty();
        }
        try {
            return OptionalDouble.of(Double.parseDouble(printed));
        } catch (NumberFormatException e) {
            throw new IllegalStateException(file + " printed no number but \"" + printed + "\"", e);
        }
    }

    private Path extracted(String file) throws IOException {
        Path script = folder.resolve(file);
        if (Files.notExists(script)) {
            try (var resource = Scripts.class.getResourceAsStream("/io/multiprocessing/benchmarks/python/" + file)) {
                if (resource == null) {
                    throw new IllegalStateException("no such script among the resources: " + file);
                }
                Files.copy(resource, remembered(script));
            }
        }
        return script;
    }

    private Path nothing() throws IOException {
        Path nothing = folder.resolve("nothing");
        if (Files.notExists(nothing)) {
            Files.createFile(remembered(nothing));
        }
        return nothing;
    }

    private static String seconds(Duration time) {
        return Double.toString(time.toNanos() / 1e9);
    }

    /** Deleted also when the command is interrupted; the folder was remembered first, so it goes last. */
    private static Path remembered(Path path) {
        path.toFile().deleteOnExit();
        return path;
    }

    @Override
    public void close() throws IOException {
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
