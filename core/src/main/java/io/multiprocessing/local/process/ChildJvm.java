package io.multiprocessing.local.process;

import io.multiprocessing.local.os.ExitStatus;
import io.multiprocessing.local.os.Launch;
import io.multiprocessing.local.os.Os;
import io.multiprocessing.local.os.Signals;
import io.multiprocessing.local.os.Spawned;
import java.io.Closeable;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A JVM that this process has started, and the thread that waits for its end. */
final class ChildJvm {
    private static final String REAPER = "multiprocessing-reaper-";

    private final Spawned spawned;
    private final Thread reaper;

    // Guarded by this.
    private @Nullable ExitStatus status;
    private @Nullable Consumer<ExitStatus> listener;

    private final Object burial = new Object();
    private volatile long undertaker; // written under burial; 0 if there is none, or no more

    private ChildJvm(Spawned spawned, String name) {
        this.spawned = spawned;
        this.reaper = Thread.ofPlatform().daemon().name(REAPER + name).unstarted(this::reap);
    }

    /** @throws IOException if the system refuses */
    static ChildJvm start(Launch launch, String name) throws IOException {
        var child = new ChildJvm(Os.current().spawn(launch), name);
        child.reaper.start();
        return child;
    }

    Spawned spawned() {
        return spawned;
    }

    private void reap() {
        // The system keeps a dead child's number until it is reaped, so a signal can't hit another process before.
        ExitStatus reaped = Os.current().reap(spawned.pid());
        Consumer<ExitStatus> told;
        synchronized (this) {
            status = reaped;
            told = listener;
            notifyAll();
        }
        if (told != null) {
            told.accept(reaped);
        }
        bury();
    }

    /** Takes note of the pid of the process that will take its memory apart; 0 if there is none. */
    void hasUndertaker(long pid) {
        synchronized (burial) {
            undertaker = pid;
        }
    }

    /** Waits until the memory of this one, which has ended, has been taken apart: that is soon, unless somebody stops who does it. */
    void bury() {
        long pid = undertaker;
        if (pid != 0) {
            Os.current().awaitEnd(pid);
            synchronized (burial) {
                if (undertaker != 0) {
                    Os.current().reap(undertaker);
                    undertaker = 0;
                }
            }
        }
    }

    /** As {@link #bury}, soon in any case. */
    void buryNow() {
        synchronized (burial) {
            if (undertaker != 0) {
                Os.current().signal(undertaker, Signals.SIGKILL); // it has but to end
            }
        }
        bury();
    }

    /** Whether nothing is left of it. */
    boolean isBuried() {
        return hasEnded() && undertaker == 0;
    }

    /** Says what to do when it has ended, in a thread of its own. Once. */
    synchronized void whenEnded(String name, Consumer<ExitStatus> action) {
        ExitStatus known = status;
        if (known == null) {
            listener = action;
            reaper.setName(REAPER + name);
        } else {
            Thread.ofPlatform().daemon().name(REAPER + name).start(() -> action.accept(known));
        }
    }

    synchronized boolean hasEnded() {
        return status != null;
    }

    /** Waits for the end of one that was killed: that is soon. An interrupt is kept for later. */
    void awaitEnd() {
        boolean interrupted = false;
        synchronized (this) {
            while (status == null) {
                try {
                    wait();
                } catch (InterruptedException keptForLater) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes our ends of the pipes that no user has. */
    void closeChannels() {
        close(spawned.control());
        close(spawned.answers());
    }

    static void close(@Nullable Closeable stream) {
        if (stream != null) {
            try {
                stream.close();
            } catch (IOException nothingLost) {
                // Nobody is at the other end.
            }
        }
    }

    /** Does nothing if it has ended. */
    synchronized void signal(int signal) {
        if (status == null) {
            Os.current().signal(spawned.pid(), signal);
        }
    }
}
