package io.multiprocessing.local.process;

import io.multiprocessing.Process;
import io.multiprocessing.ProcessStartException;
import io.multiprocessing.Task;
import io.multiprocessing.Waitable;
import io.multiprocessing.codec.Departures;
import io.multiprocessing.codec.TaskCodec;
import io.multiprocessing.local.os.ExitStatus;
import io.multiprocessing.local.os.Launch;
import io.multiprocessing.local.os.Launch.Redirect;
import io.multiprocessing.local.os.Signals;
import io.multiprocessing.local.os.Spawned;
import io.multiprocessing.spi.Completion;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A child of this process, from its description to its end. */
public final class LocalProcess implements Process {
    /** Written to a child's control pipe: interrupt the task. */
    public static final int INTERRUPT = 'I';

    private static final int SIGNALLED_EXIT_CODE = 128;
    private static final int LONGEST_SHOWN_NAME = 200;

    private final ProcessHost host;
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private final ProcessSettings settings;
    private final String identity;

    // Guarded by this.
    private @Nullable Task task;
    private @Nullable Spawned spawned;
    private @Nullable ChildJvm jvm;
    private int owner;
    private boolean terminated;
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
            boolean running = false;
            try {
                spawn(toRun, departures);
                running = true;
            } finally {
                if (!running) {
                    departures.lost();
                }
            }
        }
        return this;
    }

    private void spawn(Task toRun, Departures departures) {
        byte[] encoded = TaskCodec.write(toRun);
        CommandLine.requireClassPath(host.bootstrap());
        CommandLine.requireClassPath(toRun.getClass());
        if (!settings.isForAnyJvm() || !takeFromStandBy(toRun, encoded)) {
            startCold(toRun, encoded);
        }
        task = null; // what it captured need not stay
        host.started(this);
        Objects.requireNonNull(jvm).whenEnded(settings.name, status -> hasEnded(status, departures));
    }

    /** Hands the task to a JVM that waits for it; false if there is none. */
    private boolean takeFromStandBy(Task toRun, byte[] encoded) {
        StandBy standBy = host.standBy();
        for (var spare = standBy.take(toRun); spare != null; spare = standBy.take(toRun)) {
            try {
                owner = host.registry().reserve(settings.name, settings.daemon);
                spawned = spare.handOver(owner, payload(encoded), settings);
                if (spawned != null) {
                    jvm = spare.jvm();
                    return true;
                }
            } finally {
                if (spawned == null) {
                    spare.giveUp();
                    unreserve();
                }
            }
        }
        return false;
    }

    private void startCold(Task toRun, byte[] encoded) {
        try {
            owner = host.registry().reserve(settings.name, settings.daemon);
            payload(encoded).write(host.registry().folder(), owner);
            ChildJvm started = ChildJvm.start(launch(toRun), settings.name);
            jvm = started;
            spawned = started.spawned();
        } catch (IOException refused) {
            throw new ProcessStartException(
                    "the process " + settings.name + " can't be started: " + refused.getMessage(), refused);
        } finally {
            if (spawned == null) {
                unreserve();
            }
        }
    }

    private void unreserve() {
        if (owner != 0) {
            Payload.delete(host.registry().folder(), owner);
            host.registry().unreserve(owner);
            owner = 0;
        }
    }

    private Payload payload(byte[] encoded) {
        return new Payload(
                settings.name,
                identity,
                settings.daemon,
                ThisProcess.name(),
                ProcessHandle.current().pid(),
                host.standBy().most(),
                JvmOptions.inherited(),
                encoded);
    }

    private Launch launch(Task toRun) {
        String shownName = settings.name
                .substring(0, Math.min(settings.name.length(), LONGEST_SHOWN_NAME))
                .replace('\0', ' ');
        List<String> arguments = List.of(
                host.registry().folder().toString(), Integer.toHexString(owner), shownName, Ahead.origin(toRun));
        Map<String, String> environment = settings.childEnvironment();
        return new Launch(
                CommandLine.of(
                        host.bootstrap(),
                        settings.jvmOptions,
                        environment == null ? System.getenv() : environment,
                        arguments),
                environment,
                settings.directory,
                settings.stdin,
                settings.stdout,
                settings.stderr,
                true);
    }

    private void hasEnded(ExitStatus status, Departures departures) {
        Spawned child = Objects.requireNonNull(spawned);
        ChildJvm.close(child.control());
        ChildJvm.close(child.stdin());
        Payload.delete(host.registry().folder(), owner);
        int exitCode = exitCode(status);
        host.registry().unreserve(owner);
        departures.lost(); // what it died too early to read
        host.standBy().processEnded();
        ended.complete(exitCode);
        host.ended(this);
    }

    /**
     * A JVM that a signal shuts down in order ends with an exit code, but has noted the signal before. One that has not
     * come so far as to take its place has run nothing that could have chosen such an exit code; and if SIGTERM hits a
     * JVM that is half made, it fails with any.
     */
    private synchronized int exitCode(ExitStatus status) {
        if (status.signalled()) {
            return -status.number();
        }
        if (host.registry().isReserved(owner)) {
            return status.number() > SIGNALLED_EXIT_CODE
                    ? SIGNALLED_EXIT_CODE - status.number()
                    : terminated ? -Signals.SIGTERM : status.number();
        }
        int signal = host.registry().exitSignal(owner);
        return signal != 0 ? -signal : status.number();
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
        return spawned != null && !ended.isDone();
    }

    @Override
    public synchronized OptionalInt exitCode() {
        requireNotClosed();
        return ended.isDone() ? OptionalInt.of(ended.join()) : OptionalInt.empty();
    }

    @Override
    public synchronized OptionalLong pid() {
        requireNotClosed();
        return spawned == null ? OptionalLong.empty() : OptionalLong.of(spawned.pid());
    }

    @Override
    public synchronized void interrupt() {
        OutputStream control = Objects.requireNonNull(requireStarted().control());
        try {
            control.write(INTERRUPT);
            control.flush();
        } catch (IOException hasEnded) {
            // Nothing left to interrupt.
        }
    }

    @Override
    public void terminate() {
        signal(Signals.SIGTERM);
    }

    @Override
    public void kill() {
        signal(Signals.SIGKILL);
    }

    private synchronized void signal(int signal) {
        requireStarted();
        ChildJvm child = Objects.requireNonNull(jvm);
        terminated |= signal == Signals.SIGTERM && !child.hasEnded();
        child.signal(signal);
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
        if (spawned != null && !ended.isDone()) {
            throw new IllegalStateException(
                    "a running process can't be closed; join, terminate or kill it first: " + this);
        }
        closed = true;
        task = null;
        if (spawned != null) {
            ChildJvm.close(spawned.stdout());
            ChildJvm.close(spawned.stderr());
        }
    }

    @Override
    public OutputStream stdin() {
        return piped(requireStarted().stdin(), "standard input");
    }

    @Override
    public InputStream stdout() {
        return piped(requireStarted().stdout(), "standard output");
    }

    @Override
    public InputStream stderr() {
        return piped(requireStarted().stderr(), "standard error");
    }

    private static <T> T piped(@Nullable T stream, String what) {
        if (stream == null) {
            throw new IllegalStateException(what + " of the process is not a pipe; set it to Stream.PIPE before start");
        }
        return stream;
    }

    private synchronized Spawned requireStarted() {
        requireNotClosed();
        if (spawned == null) {
            throw new IllegalStateException("the process has not been started: " + this);
        }
        return spawned;
    }

    private void requireNotClosed() {
        if (closed) {
            throw new IllegalStateException("the process is closed: " + this);
        }
    }

    private synchronized ProcessSettings settingsBeforeStart() {
        requireNotClosed();
        if (spawned != null) {
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
        } else if (spawned == null) {
            state = "initial";
        } else if (ended.isDone()) {
            state = "pid " + spawned.pid() + ", stopped with exit code " + ended.join();
        } else {
            state = "pid " + spawned.pid() + ", started";
        }
        return "Process[" + settings.name + ", parent "
                + ProcessHandle.current().pid() + ", " + state + (settings.daemon ? ", daemon" : "") + "]";
    }
}
