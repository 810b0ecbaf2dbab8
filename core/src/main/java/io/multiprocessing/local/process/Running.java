package io.multiprocessing.local.process;

import io.multiprocessing.local.os.ExitStatus;
import io.multiprocessing.local.os.Signals;
import io.multiprocessing.local.os.Spawned;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.function.IntConsumer;

/** A process that was started: its JVM, its streams, and its place in the context, until that is given back. */
final class Running {
    private static final int SIGNALLED_EXIT_CODE = 128;

    private final ProcessHost host;
    private final int owner;
    private final ChildJvm jvm;
    private final Spawned spawned;
    private boolean terminated; // guarded by this

    /**
     * @param owner the place that was reserved for it
     * @param spawned the process as the system sees it, with the streams that it has as this process
     */
    Running(ProcessHost host, int owner, ChildJvm jvm, Spawned spawned) {
        this.host = host;
        this.owner = owner;
        this.jvm = jvm;
        this.spawned = spawned;
    }

    Spawned spawned() {
        return spawned;
    }

    long pid() {
        return spawned.pid();
    }

    /**
     * Says what to do with the exit code when it has ended, in a thread of its own. Once. By then nothing is left of the
     * process but what it wrote to its pipes.
     */
    void whenEnded(String name, IntConsumer action) {
        jvm.whenEnded(name, status -> action.accept(bury(status)));
    }

    private int bury(ExitStatus status) {
        ChildJvm.close(spawned.control());
        ChildJvm.close(spawned.stdin());
        if (host.registry().isReserved(owner)) {
            Payload.delete(host.registry().folder(), owner); // it has ended before it took that
        }
        int exitCode = exitCode(status);
        host.registry().unreserve(owner);
        return exitCode;
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

    /** Has the thread of the task interrupted. Does nothing if it has ended. */
    synchronized void interrupt() {
        OutputStream control = Objects.requireNonNull(spawned.control());
        try {
            control.write(ParentWatch.INTERRUPT);
            control.flush();
        } catch (IOException hasEnded) {
            // Nothing left to interrupt.
        }
    }

    /** Does nothing if it has ended. */
    synchronized void signal(int signal) {
        terminated |= signal == Signals.SIGTERM && !jvm.hasEnded();
        jvm.signal(signal);
    }

    /** Closes the pipes through which it has written, when nobody will read them any more. */
    void closeOutput() {
        ChildJvm.close(spawned.stdout());
        ChildJvm.close(spawned.stderr());
    }
}
