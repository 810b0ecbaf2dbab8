package io.multiprocessing.local.os;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the engine needs of an operating system. Nothing here knows of contexts or algorithms.
 */
public sealed interface Os permits LinuxOs {
    /**
     * The operating system that runs us.
     *
     * @throws UnsupportedOperationException if the engine can't work here; the message names what is missing
     */
    static Os current() {
        Os here = Current.HERE;
        if (here == null) {
            throw new UnsupportedOperationException(LinuxOs.missing());
        }
        return here;
    }

    /** The folder for shared memory: a file system that lives in memory. */
    Path sharedMemory();

    /**
     * Sleeps until the 32-bit word is woken, at most {@code nanos}; returns at once if it does not hold
     * {@code expected}. May return early for no reason. Blocks the platform thread that calls: virtual threads go
     * through {@link Parking}.
     */
    void await(MemorySegment segment, long offset, int expected, long nanos);

    /** Wakes at most {@code count} of those who sleep on the word, in all processes; says how many. */
    int wake(MemorySegment segment, long offset, int count);

    /**
     * Sleeps until one of the words is woken or does not hold what is expected of it, at most {@code nanos}.
     *
     * @param words at most {@link #MAX_WORDS}
     */
    void awaitAny(Word[] words, int count, long nanos);

    /** How many words {@link #awaitAny} takes at most. */
    int MAX_WORDS = 128;

    /** A word to wait for, and the content for which to sleep. */
    record Word(MemorySegment segment, long offset, int expected) {}

    /**
     * Opens a file whose byte ranges can be locked. A lock goes when it is released or the process ends, however it
     * ends.
     */
    RangeLocks openLocks(Path file) throws IOException;

    /**
     * Opens a file to lock all of it, for other programs as well.
     *
     * @param isShared whether it will be locked shared only: then it need not be writable
     * @throws IOException if the file can't be opened, or created where it is not there; the message says why
     */
    WholeFileLock openWholeFileLock(Path file, boolean isShared) throws IOException;

    /** When a process began, in a unit of this system's own; -1 if there is no such process or it has ended. */
    long startTime(long pid);

    /**
     * Whether the file of a Unix socket is one to which nobody is bound any more: its process has ended without removing
     * it. False also if that can't be told. Whoever is bound there does not notice.
     */
    boolean isDeadSocket(Path file);

    /** The number of the user that this process runs as. */
    long userId();

    /**
     * Starts a process.
     *
     * @throws IOException if the system refuses; the message says why
     */
    Spawned spawn(Launch launch) throws IOException;

    /**
     * Where a child opens the reading end of its control pipe. It reads what the parent writes, and the end when the
     * parent is gone, however it went. Opening a file takes no native function of ours.
     */
    Path CONTROL = Path.of("/dev/fd/3");

    /** Where a child that was started so opens the writing end of the pipe on which it answers its parent. */
    Path ANSWERS = Path.of("/dev/fd/4");

    /** Closes the descriptor behind {@link #ANSWERS}, in the child. */
    void endAnswers();

    /**
     * Prepares standard streams for a child that runs already, and will {@linkplain #reopen open} them itself. Its standard
     * input must lead nowhere, its output where ours does.
     */
    Redirection redirection(Launch.Redirect stdin, Launch.Redirect stdout, Launch.Redirect stderr) throws IOException;

    /**
     * Lets a standard stream of this process lead to a file, which is created if it is missing, and appended to.
     *
     * @param stream 0 for input, 1 for output, 2 for errors
     * @throws IOException if the file can't be opened
     */
    void reopen(int stream, String file) throws IOException;

    /**
     * Leaves it to a process of its own to take the memory of this one apart when this one has ended, so that who waits for
     * the end does not wait for that, too. All else that this process has is gone with it. The other one has no file open that this one has.
     *
     * @return the other's pid, a child of this one's parent, which is to {@linkplain #reap reap} it when it has reaped this one: it ends
     *     soon after by itself. 0 if there can be none
     */
    long engageUndertaker();

    /** Loads what {@link #engageUndertaker} takes. */
    void rehearseUndertaker();

    /** Waits until a child has ended, and leaves it to be reaped. Returns at once if it has been. */
    void awaitEnd(long pid);

    /** Waits until a child that {@link #spawn} started has ended, and lets the system forget it. Once for each child. */
    ExitStatus reap(long pid);

    /** Sends a signal to a child that has not been {@linkplain #reap reaped}. */
    void signal(long pid, int signal);

    /** Lets this process take no notice of a signal from now on. */
    void ignore(int signal);

    /** Ends this process at once, as if it had been killed from outside. */
    void killSelf();

    /** The holder, so that asking the system for its peculiarities waits until somebody needs them. */
    final class Current {
        static final @Nullable Os HERE = LinuxOs.detect();

        private Current() {}
    }
}
