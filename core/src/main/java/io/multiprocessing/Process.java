package io.multiprocessing;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * An activity in a process of its own: a real operating-system process that runs a {@link Task}.
 *
 * <p>Made by {@link Context#process(Task)}, described by {@link #name(String)}, {@link #daemon(boolean)} and the
 * like, which may be called only before {@link #start()}, and started once. Exit codes are Python's: 0 when the task
 * returned, 1 when it threw (the stack trace goes to standard error), <i>n</i> when it called
 * {@link System#exit System.exit(n)}, and −<i>N</i> when signal <i>N</i> ended it.
 *
 * <p>The child inherits the class path or module path of its parent and those of its JVM options that concern
 * modules, security and language features. A child that is not a daemon is joined when its parent ends normally; a
 * daemon is terminated, and also ends by itself when the parent was killed.
 *
 * <p>Thread safety: all methods may be called from any thread. A {@code Process} belongs to the process that made it
 * and can't be sent to another one.
 *
 * <p>Crash effects: a killed child is seen at once by {@link #join()} and {@link #onExit()} in the process that
 * started it; what it held or was about to do with shared objects is described there.
 *
 * <p>Source: Python's {@code multiprocessing.Process}.
 */
@SuppressWarnings("AvoidCommonTypeNames") // it is Python's name, and who uses it imports it
public interface Process extends AutoCloseable {
    /** What becomes of a standard stream of a child. */
    enum Stream {
        /** The child uses the parent's. */
        INHERIT,
        /** Input is empty, output is thrown away. */
        DISCARD,
        /** The parent writes or reads it: {@link #stdin()}, {@link #stdout()}, {@link #stderr()}. */
        PIPE
    }

    /** A label for people; by default {@code Process-1}, {@code Process-2} and {@code Process-2:1} for a child's child. */
    String name();

    /**
     * Sets the label.
     *
     * @throws IllegalStateException if already started
     */
    Process name(String name);

    /** Whether the process ends when its parent ends; by default what its creator is. */
    boolean isDaemon();

    /** Makes the process a daemon. */
    default Process daemon() {
        return daemon(true);
    }

    /**
     * Sets whether the process ends when its parent ends.
     *
     * @throws IllegalStateException if already started
     */
    Process daemon(boolean daemon);

    /**
     * Adds options for the child's JVM, as {@code -Xmx64m}; they come after the inherited ones, so they win.
     *
     * @throws IllegalArgumentException if an option does not begin with {@code -}
     * @throws IllegalStateException if already started
     */
    Process jvmOptions(String... options);

    /**
     * Sets whether it may be a JVM that has waited on stand-by, as it may unless told otherwise, or is a new one. One that is to have JVM
     * options, an environment or a directory of its own, or our standard input, is a new one in any case. Where processes are
     * threads it means nothing.
     *
     * @throws IllegalStateException if already started
     */
    Process startMethod(StartMethod method);

    /**
     * Sets an environment variable of the child; the rest is inherited.
     *
     * @throws IllegalArgumentException if the name is empty or contains {@code =} or NUL, or the value contains NUL
     * @throws IllegalStateException if already started
     */
    Process environment(String name, String value);

    /**
     * Sets the working directory of the child.
     *
     * @throws IllegalArgumentException if it is not a directory
     * @throws IllegalStateException if already started
     */
    Process directory(Path directory);

    /** What becomes of standard input; by default {@link Stream#DISCARD}, as in Python. */
    Process stdin(Stream stdin);

    /** What becomes of standard output; by default {@link Stream#INHERIT}. */
    Process stdout(Stream stdout);

    /** Standard output is appended to a file, which is created if missing. */
    Process stdout(Path file);

    /** What becomes of standard error; by default {@link Stream#INHERIT}. */
    Process stderr(Stream stderr);

    /** Standard error is appended to a file, which is created if missing. */
    Process stderr(Path file);

    /**
     * Where to write what the child reads from standard input.
     *
     * @throws IllegalStateException if not started, or not made with {@link Stream#PIPE}
     */
    OutputStream stdin();

    /**
     * Where to read what the child writes to standard output.
     *
     * @throws IllegalStateException if not started, or not made with {@link Stream#PIPE}
     */
    InputStream stdout();

    /**
     * Where to read what the child writes to standard error.
     *
     * @throws IllegalStateException if not started, or not made with {@link Stream#PIPE}
     */
    InputStream stderr();

    /**
     * Starts the process; returns as soon as the operating system has it, before the task runs.
     *
     * <p>Where processes of a context come and go, the context prepares the next ones: JVMs on stand-by, which have loaded
     * the library, and to which a task is only handed over. Nothing tells such a process from another one, but that its JVM
     * began earlier. Processes with JVM options, an environment or a directory of their own are not started so, nor those
     * that inherit standard input. See {@link Multiprocessing#open(String)}, and {@link Context#preload(java.util.List)}.
     *
     * <p>Crash effects: a JVM on stand-by that dies is replaced by another one, or the process is started without. A task
     * never runs twice.
     *
     * @return this
     * @throws IllegalStateException if it was started before, or the context is closed
     * @throws TaskNotSerializableException if the task, or something it captures, can't be sent; the message names
     *     the captured variable and its class
     * @throws ProcessStartException if the operating system refuses, or the class path is gone
     */
    Process start();

    /**
     * Waits until the process has ended. May be called repeatedly.
     *
     * @throws IllegalStateException if not started, or called by the process itself
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    void join() throws InterruptedException;

    /**
     * Waits until the process has ended, at most so long; a timeout of zero or less does not wait.
     *
     * @return whether it has ended
     * @throws IllegalStateException if not started, or called by the process itself
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    boolean join(Duration timeout) throws InterruptedException;

    /** Whether the process has been started and has not ended. */
    boolean isAlive();

    /** How the process ended, in Python's way of counting; empty while it has not. */
    OptionalInt exitCode();

    /** The operating system's number of the process; empty before the start. */
    OptionalLong pid();

    /**
     * Interrupts the thread that runs the task, so a blocking call in it throws {@link InterruptedException}; a task
     * that lets that escape ends the process with exit code 1. Does nothing if the process has ended.
     *
     * <p>Source: Python's {@code Process.interrupt()}, which raises {@code KeyboardInterrupt} there.
     *
     * @throws IllegalStateException if not started, or closed
     */
    void interrupt();

    /**
     * Asks the process to end (SIGTERM): its shutdown hooks run, {@code finally} blocks do not; its own children
     * that are daemons end too. The exit code is −15.
     *
     * @throws IllegalStateException if not started, or closed
     */
    void terminate();

    /**
     * Kills the process (SIGKILL): nothing of it runs any more. The exit code is −9.
     *
     * @throws IllegalStateException if not started, or closed
     */
    void kill();

    /**
     * Completes with the exit code when the process has ended. The future is a copy: completing or cancelling it
     * does nothing to the process.
     *
     * @throws IllegalStateException if not started
     */
    CompletableFuture<Integer> onExit();

    /**
     * Becomes ready when the process has ended, and stays so; may be awaited together with others.
     *
     * @throws IllegalStateException if not started
     */
    Waitable sentinel();

    /**
     * Frees the handle, and closes the pipes from the process. Afterwards all but {@link #name()}, {@link #isDaemon()},
     * {@link #toString()} and {@code close} refuse to work.
     *
     * @throws IllegalStateException if the process is still running
     */
    @Override
    void close();

    /** Name, pid, parent's pid, and state: initial, started, stopped with its exit code, or closed. */
    @Override
    String toString();
}
