package io.multiprocessing.local;

import io.multiprocessing.local.process.LocalProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The processes that were started from a context and have not ended. */
final class Children {
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final List<LocalProcess> living = new ArrayList<>();

    synchronized void add(LocalProcess child) {
        living.add(child);
    }

    synchronized void remove(LocalProcess child) {
        living.remove(child);
    }

    synchronized List<LocalProcess> living() {
        return List.copyOf(living);
    }

    /** Ends the daemons: asks them first, and kills those that do not comply. */
    void endDaemons() {
        // Every child comes here at its end, and a stream would cost it a millisecond.
        List<LocalProcess> daemons = new ArrayList<>();
        for (LocalProcess child : living()) {
            if (child.isDaemon()) {
                daemons.add(child);
                terminate(child);
            }
        }
        long deadline = System.nanoTime() + GRACE.toNanos();
        for (LocalProcess daemon : daemons) {
            if (!joined(daemon, Duration.ofNanos(deadline - System.nanoTime()))) {
                daemon.kill();
                joined(daemon, GRACE);
            }
        }
    }

    /** Waits for all that are left. An interrupt is kept for later. */
    void joinAll() {
        for (LocalProcess child : living()) {
            while (!joined(child, Duration.ofDays(1))) {
                // waits on
            }
        }
    }

    private static void terminate(LocalProcess child) {
        try {
            child.terminate();
        } catch (IllegalStateException closed) {
            // It has ended, and its handle was closed.
        }
    }

    private static boolean joined(LocalProcess child, Duration timeout) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return child.join(timeout);
                } catch (InterruptedException keptForLater) {
                    interrupted = true;
                } catch (IllegalStateException closed) {
                    return true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
