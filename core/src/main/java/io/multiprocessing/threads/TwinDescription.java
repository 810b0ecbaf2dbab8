package io.multiprocessing.threads;

import io.multiprocessing.Process;
import io.multiprocessing.StartMethod;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What is said of a process that is a thread before it is started, and what is refused then. JVM options are heeded as
 * little as output that is to be discarded: they do no harm. An environment, a directory, pipes and files, without which a
 * task would do something else, are refused.
 */
abstract sealed class TwinDescription implements Process permits TwinProcess {
    private volatile String name;
    private volatile boolean daemon;

    TwinDescription(String name, boolean daemon) {
        this.name = name;
        this.daemon = daemon;
    }

    /** @throws IllegalStateException if it has been started, or is closed */
    abstract void requireNotStarted();

    /** @throws IllegalStateException if it has not been started, or is closed */
    abstract Thread requireStarted();

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized Process name(String newName) {
        requireNotStarted();
        name = Objects.requireNonNull(newName, "name");
        return this;
    }

    @Override
    public boolean isDaemon() {
        return daemon;
    }

    @Override
    public synchronized Process daemon(boolean newDaemon) {
        requireNotStarted();
        daemon = newDaemon;
        return this;
    }

    /** Does nothing: a thread is started in one way only. */
    @Override
    public Process startMethod(StartMethod method) {
        Objects.requireNonNull(method, "method");
        requireNotStarted();
        return this;
    }

    /** Does nothing: the JVM is there already. */
    @Override
    public Process jvmOptions(String... options) {
        for (String option : options) {
            if (!option.startsWith("-")) {
                throw new IllegalArgumentException("not a JVM option, it does not begin with -: \"" + option + "\"");
            }
        }
        requireNotStarted();
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
        requireNotStarted();
        throw needsAJvm("an environment");
    }

    @Override
    public Process directory(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException("not a directory: " + directory);
        }
        requireNotStarted();
        throw needsAJvm("a directory");
    }

    @Override
    public Process stdin(Stream stdin) {
        return stream(stdin);
    }

    @Override
    public Process stdout(Stream stdout) {
        return stream(stdout);
    }

    @Override
    public Process stderr(Stream stderr) {
        return stream(stderr);
    }

    @Override
    public Process stdout(Path file) {
        return stream(file);
    }

    @Override
    public Process stderr(Path file) {
        return stream(file);
    }

    private synchronized Process stream(Object target) {
        Objects.requireNonNull(target);
        requireNotStarted();
        if (target instanceof Path || target == Stream.PIPE) {
            throw needsAJvm("a standard stream");
        }
        return this;
    }

    @Override
    public OutputStream stdin() {
        throw noPipe("standard input");
    }

    @Override
    public InputStream stdout() {
        throw noPipe("standard output");
    }

    @Override
    public InputStream stderr() {
        throw noPipe("standard error");
    }

    private IllegalStateException noPipe(String what) {
        requireStarted();
        return new IllegalStateException(what + " of the process is not a pipe: it is that of the JVM");
    }

    private static UnsupportedOperationException needsAJvm(String what) {
        return new UnsupportedOperationException("a process that is a thread can't have " + what
                + " of its own; open the context \"local:\" for that, or give the task what it needs");
    }
}
