package io.multiprocessing.cli.tour;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs programs, each in a JVM of its own, on the class path of this one. */
public final class ProgramRunner {
    /** A program that prints more has failed anyway; what comes after is read and forgotten. */
    private static final int MAX_LINES = 10_000;

    private static final List<String> INHERITED_OPTIONS = List.of(
            "--add-",
            "--enable-",
            "--illegal-",
            "--limit-modules",
            "--sun-misc-",
            "-Djava.security",
            "-Dmultiprocessing.",
            "-XX:+Use");

    private final Duration timeLimit;
    private volatile @Nullable Process running;

    public ProgramRunner(Duration timeLimit) {
        this.timeLimit = timeLimit;
        Runtime.getRuntime().addShutdownHook(new Thread(this::killRunning, "tour-killer"));
    }

    /**
     * Runs a program to its end, or until its time is over; then it is killed with the processes that it started.
     * Its end is that of its output: a process left behind that may still print counts as not ended.
     *
     * @param onLine is given each line of standard output as it is printed
     */
    public Outcome run(Class<?> main, Consumer<String> onLine) throws IOException, InterruptedException {
        long startNanos = System.nanoTime();
        long endNanos = startNanos + timeLimit.toNanos();
        Process process = new ProcessBuilder(command(main)).start();
        running = process;
        try {
            process.getOutputStream().close();
            Lines output = Lines.of(process.inputReader(), onLine);
            Lines errors = Lines.of(process.errorReader(), _ -> {});
            boolean ended = process.waitFor(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS)
                    && output.ended(endNanos)
                    && errors.ended(endNanos);
            OptionalInt exitCode = ended ? OptionalInt.of(process.exitValue()) : OptionalInt.empty();
            killRunning();
            process.waitFor();
            return new Outcome(
                    output.soFar(), errors.soFar(), exitCode, Duration.ofNanos(System.nanoTime() - startNanos));
        } finally {
            killRunning();
            running = null;
        }
    }

    private static List<String> command(Class<?> main) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> INHERITED_OPTIONS.stream().anyMatch(option::startsWith))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return command;
    }

    private void killRunning() {
        Process process = running;
        if (process != null) {
            process.descendants().toList().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** The lines of a stream, read by a thread of their own. */
    private record Lines(Thread thread, List<String> lines) {
        static Lines of(BufferedReader reader, Consumer<String> onLine) {
            List<String> lines = Collections.synchronizedList(new ArrayList<>());
            // A thread that does not keep this JVM alive: it may wait for ever for a process that was left behind.
            return new Lines(Thread.ofPlatform().daemon().start(() -> read(reader, lines, onLine)), lines);
        }

        private static void read(BufferedReader reader, List<String> lines, Consumer<String> onLine) {
            try (reader) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    if (lines.size() < MAX_LINES) {
                        lines.add(line);
                        onLine.accept(line);
                    }
                }
            } catch (IOException killed) {
                // Its time was over; what it printed until then is all there is.
            }
        }

        boolean ended(long endNanos) throws InterruptedException {
            return thread.join(Duration.ofNanos(Math.max(0, endNanos - System.nanoTime())));
        }

        List<String> soFar() {
            synchronized (lines) {
                return List.copyOf(lines);
            }
        }
    }
}
