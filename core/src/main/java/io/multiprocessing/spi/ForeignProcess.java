package io.multiprocessing.spi;

import io.multiprocessing.Process;
import io.multiprocessing.StartMethod;
import io.multiprocessing.Waitable;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** This process or its parent: it can be asked who it is, and the parent be waited for, but nothing be done to it. */
public final class ForeignProcess implements Process {
    private final String name;
    private final long pid;
    private final boolean daemon;
    private final @Nullable CompletableFuture<Integer> gone;

    /** @param gone completes when the process is gone; null if it is this process itself */
    public ForeignProcess(String name, long pid, boolean daemon, @Nullable CompletableFuture<Integer> gone) {
        this.name = name;
        this.pid = pid;
        this.daemon = daemon;
        this.gone = gone;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isDaemon() {
        return daemon;
    }

    @Override
    public OptionalLong pid() {
        return OptionalLong.of(pid);
    }

    @Override
    public boolean isAlive() {
        return gone == null || !gone.isDone();
    }

    /** Always empty: only who starts a process learns its exit code. */
    @Override
    public OptionalInt exitCode() {
        return OptionalInt.empty();
    }

    @Override
    public void join() throws InterruptedException {
        Completion.await(gone("join"));
    }

    @Override
    public boolean join(Duration timeout) throws InterruptedException {
        return Completion.await(gone("join"), timeout);
    }

    @Override
    public Waitable sentinel() {
        return new Completion(gone("wait for"));
    }

    private CompletableFuture<Integer> gone(String action) {
        if (gone == null) {
            throw new IllegalStateException("a process can't " + action + " itself: " + this);
        }
        return gone;
    }

    private IllegalStateException notOurs(String action) {
        return new IllegalStateException("only the process that made it can " + action + " " + this);
    }

    @Override
    public Process name(String newName) {
        throw notOurs("name");
    }

    @Override
    public Process daemon(boolean newDaemon) {
        throw notOurs("configure");
    }

    @Override
    public Process startMethod(StartMethod method) {
        throw notOurs("configure");
    }

    @Override
    public Process jvmOptions(String... options) {
        throw notOurs("configure");
    }

    @Override
    public Process environment(String variable, String value) {
        throw notOurs("configure");
    }

    @Override
    public Process directory(Path directory) {
        throw notOurs("configure");
    }

    @Override
    public Process stdin(Stream stdin) {
        throw notOurs("configure");
    }

    @Override
    public Process stdout(Stream stdout) {
        throw notOurs("configure");
    }

    @Override
    public Process stdout(Path file) {
        throw notOurs("configure");
    }

    @Override
    public Process stderr(Stream stderr) {
        throw notOurs("configure");
    }

    @Override
    public Process stderr(Path file) {
        throw notOurs("configure");
    }

    @Override
    public OutputStream stdin() {
        throw notOurs("write to");
    }

    @Override
    public InputStream stdout() {
        throw notOurs("read from");
    }

    @Override
    public InputStream stderr() {
        throw notOurs("read from");
    }

    @Override
    public Process start() {
        throw notOurs("start");
    }

    @Override
    public void interrupt() {
        throw notOurs("interrupt");
    }

    @Override
    public void terminate() {
        throw notOurs("terminate");
    }

    @Override
    public void kill() {
        throw notOurs("kill");
    }

    @Override
    public CompletableFuture<Integer> onExit() {
        throw notOurs("learn the exit code of");
    }

    /** Does nothing: there is nothing to free. */
    @Override
    public void close() {}

    @Override
    public String toString() {
        return "Process[" + name + ", pid " + pid + (isAlive() ? ", started" : ", stopped") + (daemon ? ", daemon" : "")
                + "]";
    }
}
