package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.multiprocessing.Context;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import io.multiprocessing.Process.Stream;
import io.multiprocessing.Task;
import io.multiprocessing.testkit.jvm.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A context for each test, of which nothing may be left afterwards: no process, no thread that keeps the JVM. */
public abstract class ProcessSuite {
    /** Longer than any test: a task that sleeps so long must be ended. */
    static final Duration FOREVER = Duration.ofMinutes(10);

    protected Context mp;

    /** What was there before the test, for several tests. */
    private Set<Process> staying = Set.of();

    private @Nullable KeptContext kept;

    /** Opens a context of the kind that is tested. */
    protected abstract String uri();

    /** Has the test use a context that is there already, and stays. */
    public final void use(KeptContext context) {
        kept = context;
    }

    /** The context for a test. */
    protected Context beginTest() throws Exception {
        return kept == null ? Multiprocessing.open(uri()) : kept.begin();
    }

    /** Takes the context back, whose processes were killed, and finds that none is left that the test has started. */
    protected void endTest() throws Exception {
        if (kept != null) {
            kept.end();
            return;
        }
        mp.close();
        Await.until(
                "all processes are gone",
                () -> ProcessHandle.current().descendants().findAny().isEmpty());
    }

    /**
     * Whether each process is a JVM of its own. One that is a thread has no streams, environment, directory and pid of
     * its own, and can't exit or be signalled by itself.
     */
    protected boolean isEachProcessAJvm() {
        return true;
    }

    /** Waits until the context does nothing by itself that a test could take for its own doing. */
    final void settle() throws Exception {
        if (kept != null) {
            kept.settle();
        }
    }

    /** To be called first by a test of what only a JVM has. */
    final void onlyWithJvms() {
        assumeTrue(isEachProcessAJvm(), "a process that is a thread does not have what is tested");
    }

    @BeforeEach
    void begin() throws Exception {
        mp = beginTest();
        staying = Set.copyOf(Multiprocessing.activeChildren());
    }

    @AfterEach
    void endAndFindNothingLeft() throws Exception {
        startedByTheTest().forEach(Process::kill);
        endTest();
        assertThat(startedByTheTest()).isEmpty();
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> !thread.isDaemon())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("multiprocessing-"));
    }

    private List<Process> startedByTheTest() {
        List<Process> started = new ArrayList<>(Multiprocessing.activeChildren());
        started.removeAll(staying);
        return started;
    }

    /** Runs a task in a child to its end, which must be an orderly one, and gives what it printed. */
    String outputOf(Task task) throws Exception {
        return outputOf(mp.process(task));
    }

    /** Runs a process to its end, which must be an orderly one, and gives what it printed. */
    final String outputOf(Process process) throws Exception {
        if (!isEachProcessAJvm()) {
            return printedTo(System.out, System::setOut, process, 0);
        }
        process.stdout(Stream.PIPE).start();
        String output = textOf(process.stdout());
        join(process);
        assertThat(process.exitCode()).as("exit code").hasValue(0);
        return output;
    }

    /** Runs a process to its end, which must be one with an exit code, and gives what it printed as errors. */
    final String errorsOf(Process process, int exitCode) throws Exception {
        if (!isEachProcessAJvm()) {
            return printedTo(System.err, System::setErr, process, exitCode);
        }
        process.stderr(Stream.PIPE).start();
        String errors = textOf(process.stderr());
        join(process);
        assertThat(process.exitCode()).as("exit code; it printed: " + errors).hasValue(exitCode);
        return errors;
    }

    /** Runs a process that is a thread to its end, and gives what was printed meanwhile. */
    private static String printedTo(PrintStream stream, Consumer<PrintStream> setter, Process process, int exitCode)
            throws Exception {
        var printed = new ByteArrayOutputStream();
        setter.accept(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            join(process.start());
        } finally {
            setter.accept(stream);
        }
        String text = printed.toString(StandardCharsets.UTF_8).strip();
        assertThat(process.exitCode()).as("exit code; it printed: " + text).hasValue(exitCode);
        return text;
    }

    static String textOf(java.io.InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    /** Waits for the end, but not for ever. */
    static void join(Process process) throws InterruptedException {
        assertThat(process.join(Await.LIMIT)).as("the end of " + process).isTrue();
    }
}
