package io.multiprocessing.testkit.jvm;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program in a JVM of its own, started as a shell would: it is nobody's child in the sense of the library. What it
 * prints is collected. Closing kills it.
 */
public final class JavaProgram implements AutoCloseable {
    private static final int SIGKILL_CODE = 128 + 9;

    private final Process process;
    private final Output out;
    private final Output err;

    private JavaProgram(Process process) {
        this.process = process;
        this.out = new Output(process.getInputStream());
        this.err = new Output(process.getErrorStream());
    }

    /** Starts a main class on the class path of this JVM. */
    public static JavaProgram start(Class<?> main, String... arguments) {
        return new Launch().start(main, arguments);
    }

    /** Runs a main class on the class path of this JVM to its end. */
    public static Ended run(Class<?> main, String... arguments) throws InterruptedException {
        try (JavaProgram program = start(main, arguments)) {
            return program.end();
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** What the program has printed so far. */
    public String output() {
        return out.text();
    }

    /** What the program has printed to standard error so far. */
    public String errors() {
        return err.text();
    }

    /** Waits for a line that begins so, and gives the rest of it. */
    public String awaitLine(String beginning) throws Exception {
        Await.until("a line \"" + beginning + "…\" of " + this, () -> find(beginning) != null || !process.isAlive());
        out.awaitEnd(process);
        String found = find(beginning);
        if (found == null) {
            throw new AssertionError("no line \"" + beginning + "…\" from " + this);
        }
        return found;
    }

    /** Writes a line to the program's standard input. */
    public void tell(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Asks the program to end, by SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** Kills the program, by SIGKILL, and waits until it is dead. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Waits for the end. */
    public Ended end() throws InterruptedException {
        if (!process.waitFor(Await.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("does not end: " + this);
        }
        out.awaitEnd(process);
        err.awaitEnd(process);
        return new Ended(process.exitValue(), out.text(), err.text());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    @Override
    public String toString() {
        return "program " + process.pid() + (process.isAlive() ? "" : ", ended with " + process.exitValue())
                + ", printed:\n" + out.text() + err.text();
    }

    private @Nullable String find(String beginning) {
        String text = out.text();
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
            if (line.startsWith(beginning)) {
                return line.substring(beginning.length()).strip();
            }
        }
        return null;
    }

    /** How a program ended; a signal N gives 128 + N. */
    public record Ended(int exitCode, String output, String errors) {
        public boolean wasKilled() {
            return exitCode == SIGKILL_CODE;
        }
    }

    /** How a program is to be started. */
    public static final class Launch {
        private final List<String> options = new ArrayList<>();
        private List<String> path = List.of("-cp", System.getProperty("java.class.path"));
        private @Nullable Path directory;
        private Map<String, String> environment = Map.of();
        private boolean isNativeAccessEnabled = true;

        /** On the class path of this JVM, in its directory. */
        public Launch() {}

        /** The class path or module path, instead of this JVM's. */
        public Launch path(String... pathOptions) {
            path = List.of(pathOptions);
            return this;
        }

        public Launch options(String... more) {
            options.addAll(Arrays.asList(more));
            return this;
        }

        public Launch directory(Path newDirectory) {
            directory = newDirectory;
            return this;
        }

        public Launch environment(Map<String, String> more) {
            environment = more;
            return this;
        }

        /** Such a program may not call native functions. */
        public Launch withoutNativeAccess() {
            isNativeAccessEnabled = false;
            return this;
        }

        public JavaProgram start(Class<?> main, String... arguments) {
            List<String> last = new ArrayList<>(List.of(main.getName()));
            last.addAll(Arrays.asList(arguments));
            return start(last);
        }

        /** Starts what comes after the options: a main class, or {@code -jar} or {@code -m} and its name; arguments. */
        public JavaProgram start(List<String> mainAndArguments) {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            // Such a program lives for a moment.
            command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
            command.add(isNativeAccessEnabled ? "--enable-native-access=ALL-UNNAMED" : "--illegal-native-access=deny");
            String folder = System.getProperty("multiprocessing.folder");
            if (folder != null) {
                command.add("-Dmultiprocessing.folder=" + folder);
            }
            command.addAll(options);
            command.addAll(path);
            command.addAll(mainAndArguments);
            var builder = new ProcessBuilder(command);
            builder.environment().putAll(environment);
            if (directory != null) {
                builder.directory(new File(directory.toString()));
            }
            try {
                return new JavaProgram(builder.start());
            } catch (IOException refused) {
                throw new UncheckedIOException(refused);
            }
        }
    }

    /** Collects a stream while it flows. */
    private static final class Output {
        private final StringBuilder text = new StringBuilder();
        private final Thread reader;

        Output(InputStream stream) {
            reader = Thread.ofPlatform().daemon().start(() -> collect(stream));
        }

        private void collect(InputStream stream) {
            try (var characters = new java.io.InputStreamReader(stream, StandardCharsets.UTF_8)) {
                char[] some = new char[4096];
                for (int count = characters.read(some); count >= 0; count = characters.read(some)) {
                    append(some, count);
                }
            } catch (IOException closed) {
                // Killed.
            }
        }

        /** When the program has ended, what it has written is there in a moment; unless its children write as well. */
        void awaitEnd(Process process) throws InterruptedException {
            boolean isEnough = process.isAlive();
            for (int i = 0; i < 200 && !isEnough; i++) { // by count: a machine that stands still may go on with us
                isEnough = reader.join(Duration.ofMillis(10));
            }
        }

        private synchronized void append(char[] characters, int count) {
            text.append(characters, 0, count);
        }

        synchronized String text() {
            return text.toString();
        }
    }
}
