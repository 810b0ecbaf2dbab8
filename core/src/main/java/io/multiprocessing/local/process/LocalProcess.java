package io.multiprocessing.local.process;

import io.multiprocessing.Process;
import io.multiprocessing.StartMethod;
import io.multiprocessing.Task;
import io.multiprocessing.Waitable;
import io.multiprocessing.codec.Departures;
import io.multiprocessing.local.os.Launch.Redirect;
import io.multiprocessing.local.os.Signals;
import io.multiprocessing.spi.Completion;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A child of this process, from its description to its end. */
public final class LocalProcess implements Process {
    private final ProcessHost host;
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private final ProcessSettings settings;
    private final String identity;

    // Guarded by this.
    private @Nullable Task task;
    private @Nullable Running running;
    private boolean closed;

    public LocalProcess(ProcessHost host, Task task) {
        this.host = host;
        this.task = Objects.requireNonNull(task, "task");
        this.identity = ThisProcess.nextIdentity();
        this.settings = new ProcessSettings("Process-" + identity);
    }

    @Override
    public synchronized Process start() {
        host.checkOpen();
        Task toRun = task;
        if (closed) {
            throw new IllegalStateException("the process is closed: " + this);
        }
        if (toRun == null) {
            throw new IllegalStateException("a process can be started only once: " + this);
        }
        try (Departures departures = Departures.begin()) {
            Running started = null;
            try {
                started = new Starting(host, settings, identity, toRun).start();
                running = started;
                task = null; // what it captured need not stay
                host.started(this);
            } finally {
                if (started == null) {
                    departures.lost();
                }
            }
            started.whenEnded(settings.name, exitCode -> hasEnded(exitCode, departures));
        }
        return this;
    }

    private void hasEnded(int exitCode, Departures departures) {
        departures.lost(); // what it died too early to read
        host.standBy().processEnded();
        ended.complete(exitCode);
        host.ended(this);
    }

    /** Whether it was started and is no more; unlike {@link #isAlive()}, to be asked of a closed process too. */
    public boolean hasEnded() {
        return ended.isDone();
    }

    @Override
    public void join() throws InterruptedException {
        requireStarted();
        Completion.await(ended);
    }

    @Override
    public boolean join(Duration timeout) throws InterruptedException {
        requireStarted();
        return Completion.await(ended, timeout);
    }

    @Override
    public synchronized boolean isAlive() {
        requireNotClosed();
        return running != null && !ended.isDone();
    }

    @Override
    public synchronized OptionalInt exitCode() {
        requireNotClosed();
        return ended.isDone() ? OptionalInt.of(ended.join()) : OptionalInt.empty();
    }

    @Override
    public synchronized OptionalLong pid() {
        requireNotClosed();
        return running == null ? OptionalLong.empty() : OptionalLong.of(running.pid());
    }

    @Override
    public void interrupt() {
        requireStarted().interrupt();
    }

    @Override
    public void terminate() {
        requireStarted().signal(Signals.SIGTERM);
    }

    @Override
    public void kill() {
        requireStarted().signal(Signals.SIGKILL);
    }

    @Override
    public CompletableFuture<Integer> onExit() {
        requireStarted();
        return ended.copy();
    }

    @Override
    public Waitable sentinel() {
        requireStarted();
        return new Completion(ended);
    }

    @Override
    public synchronized void close() {
        if (running != null && !ended.isDone()) {
            throw new IllegalStateException(
                    "a running process can't be closed; join, terminate or kill it first: " + this);
        }
        closed = true;
        task = null;
        if (running != null) {
            running.closeOutput();
        }
    }

    @Override
    public OutputStream stdin() {
        return piped(requireStarted().spawned().stdin(), "standard input");
    }

    @Override
    public InputStream stdout() {
        return piped(requireStarted().spawned().stdout(), "standard output");
    }

    @Override
    public InputStream stderr() {
        return piped(requireStarted().spawned().stderr(), "standard error");
    }

    private static <T> T piped(@Nullable T stream, String what) {
        if (stream == null) {
            throw new IllegalStateException(what + " of the process is not a pipe; set it to Stream.PIPE before start");
        }
        return stream;
    }

    private synchronized Running requireStarted() {
        requireNotClosed();
        if (running == null) {
            throw new IllegalStateException("the process has not been started: " + this);
        }
        return running;
    }

    private void requireNotClosed() {
        if (closed) {
            throw new IllegalStateException("the process is closed: " + this);
        }
    }

    private synchronized ProcessSettings settingsBeforeStart() {
        requireNotClosed();
        if (running != null) {
            throw new IllegalStateException("a process is described before it is started: " + this);
        }
        return settings;
    }

    @Override
    public String name() {
        return settings.name;
    }

    @Override
    public Process name(String name) {
        settingsBeforeStart().name = Objects.requireNonNull(name, "name");
        return this;
    }

    @Override
    public boolean isDaemon() {
        return settings.daemon;
    }

    @Override
    public Process daemon(boolean daemon) {
        settingsBeforeStart().daemon = daemon;
        return this;
    }

    @Override
    public Process startMethod(StartMethod method) {
        settingsBeforeStart().startMethod = Objects.requireNonNull(method, "method");
        return this;
    }

    @Override
    public Process jvmOptions(String... options) {
        for (String option : options) {
            if (!option.startsWith("-")) {
                throw new IllegalArgumentException("not a JVM option, it does not begin with -: \"" + option + "\"");
            }
        }
        settingsBeforeStart().jvmOptions.addAll(List.of(options));
        return this;
    }

    @Override
    public Process environment(String variable, String value) {
        if (variable.isEmpty() || variable.indexOf('=') >= 0 || variable.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("not a name of an environment variable: \"" + variable + "\"");
        }
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("the value of " + variable + " contains a NUL character");
        }
        settingsBeforeStart().environment.put(variable, value);
        return this;
    }

    @Override
    public Process directory(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException("not a directory: " + directory);
        }
        settingsBeforeStart().directory = directory.toAbsolutePath();
        return this;
    }

    @Override
    public Process stdin(Stream stdin) {
        settingsBeforeStart().stdin = ProcessSettings.redirect(stdin);
        return this;
    }

    @Override
    public Process stdout(Stream stdout) {
        settingsBeforeStart().stdout = ProcessSettings.redirect(stdout);
        return this;
    }

    @Override
    public Process stdout(Path file) {
        settingsBeforeStart().stdout = new Redirect.Append(file.toAbsolutePath());
        return this;
    }

    @Override
    public Process stderr(Stream stderr) {
        settingsBeforeStart().stderr = ProcessSettings.redirect(stderr);
        return this;
    }

    @Override
    public Process stderr(Path file) {
        settingsBeforeStart().stderr = new Redirect.Append(file.toAbsolutePath());
        return this;
    }

    @Override
    public synchronized String toString() {
        String state;
        if (closed) {
            state = "closed";
        } else if (running == null) {
            state = "initial";
        } else if (ended.isDone()) {
            state = "pid " + running.pid() + ", stopped with exit code " + ended.join();
        } else {
            state = "pid " + running.pid() + ", started";
        }
        return "Process[" + settings.name + ", parent "
                + ProcessHandle.current().pid() + ", " + state + (settings.daemon ? ", daemon" : "") + "]";
    }
}
