package io.multiprocessing;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A main class of the tests in a JVM of its own, with its standard input and output at the test's end. */
public final class OtherJvm implements AutoCloseable {
    private static final int KILLED = 128 + 9;

    private final java.lang.Process process;
    private final BufferedReader output;

    private OtherJvm(java.lang.Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    public static OtherJvm start(Class<?> main, Object... arguments) throws IOException {
        return start(List.of(), main, arguments);
    }

    public static OtherJvm start(List<String> options, Class<?> main, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path")));
        String folder = System.getProperty("multiprocessing.folder");
        if (folder != null) {
            command.add("-Dmultiprocessing.folder=" + folder);
        }
        command.addAll(options);
        command.add(main.getName());
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new OtherJvm(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    public long pid() {
        return process.pid();
    }

    /** The next line that it prints; null at the end. */
    public String line() throws IOException {
        return output.readLine();
    }

    /** Lets it go on, if it waits for a line. */
    public void tell(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    public void signal(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).start().waitFor();
    }

    /** Kills it, and returns when it is dead and nothing of it is left. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Waits for the end, and gives the exit code. */
    public int end() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("a JVM does not end: " + process.info());
        }
        return process.exitValue();
    }

    /** Waits for the end, which must be one by SIGKILL. */
    public void awaitKilled() throws InterruptedException {
        int exitCode = end();
        if (exitCode != KILLED) {
            throw new AssertionError("was not killed but ended with " + exitCode);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
