package io.multiprocessing.manager;

import io.multiprocessing.Connection;
import io.multiprocessing.Context;
import io.multiprocessing.Event;
import io.multiprocessing.Lock;
import io.multiprocessing.Manager;
import io.multiprocessing.ManagerEndedException;
import io.multiprocessing.Process;
import io.multiprocessing.ProcessStartException;
import io.multiprocessing.SimpleQueue;
import io.multiprocessing.Task;
import io.multiprocessing.UnreadableMessageException;
import java.time.Duration;
import java.util.List;

/** Starts and ends the process of a manager. */
public final class ManagerProcess {
    private static final Duration SLICE = Duration.ofMillis(100);
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private ManagerProcess() {}

    /**
     * Starts a manager and waits until it can be called.
     *
     * @param preparation what is to be done first in its process
     * @throws ProcessStartException if it ends before that
     */
    public static Manager start(Context context, Task preparation) {
        SimpleQueue<Connection> door = context.simpleQueue();
        Lock life = context.lock();
        Event isReady = context.event();
        List<Object> place = List.of(door, life, isReady, lingerMillis());
        Process process =
                context.process(() -> run(place, preparation)).daemon().start();
        try {
            awaitReady(process, isReady);
            return new Owned(Links.to(new LocalDoor(door, life).address()).server(), process);
        } catch (InterruptedException interrupted) {
            process.terminate();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the manager started", interrupted);
        }
    }

    private static void awaitReady(Process process, Event isReady) throws InterruptedException {
        while (!isReady.await(SLICE)) {
            if (!process.isAlive()) {
                throw new ProcessStartException("the manager's process has ended at once: " + process);
            }
        }
    }

    /** How long an object is kept for a proxy on its way that the sender has no more. */
    private static long lingerMillis() {
        return Long.getLong(
                "multiprocessing.manager.linger", Duration.ofMinutes(1).toMillis());
    }

    /** Few arguments, and no numbers: that is what the JDK links quickly in a fresh JVM. */
    @SuppressWarnings("unchecked") // start has put it there
    private static void run(List<Object> place, Task preparation) throws Exception {
        preparation.run();
        run((SimpleQueue<Connection>) place.get(0), (Lock) place.get(1), (Event) place.get(2), (Long) place.get(3));
    }

    private static void run(SimpleQueue<Connection> door, Lock life, Event isReady, long lingerMillis)
            throws InterruptedException {
        life.acquire();
        Thread main = Thread.currentThread();
        String address = new LocalDoor(door, life).address();
        var server = new Server(door.context(), address, Duration.ofMillis(lingerMillis), main::interrupt);
        isReady.set();
        try {
            while (true) {
                serveNext(server, door);
            }
        } catch (InterruptedException asked) {
            server.stop(GRACE);
        } catch (IllegalStateException closed) {
            if (!door.context().isClosed()) {
                throw closed;
            }
            // as when this process is told to end; then all that is in the context has ended, but not what listens at a
            // socket
            server.stop(Duration.ZERO);
        }
    }

    private static void serveNext(Server server, SimpleQueue<Connection> door) throws InterruptedException {
        try {
            server.serve(PipeChannel.ofPipe(door.get()), true);
        } catch (UnreadableMessageException gone) {
            // who wanted to come in has died
        }
    }

    /** The manager in the process that has started it. */
    private static final class Owned extends ManagerClient {
        private static final long serialVersionUID = 1L;
        private static final String SHUT_DOWN = "the manager is shut down";

        private final transient Process process;

        Owned(Core server, Process process) {
            super(server);
            this.process = process;
        }

        @Override
        public long pid() {
            return process.pid().orElse(0);
        }

        @Override
        public boolean isAlive() {
            return process.isAlive() && core().link().isOpen();
        }

        @Override
        public void close() {
            if (core().link().isOpen()) {
                core().link().announceEnd(SHUT_DOWN);
                try {
                    core().call("stop");
                } catch (ManagerEndedException ended) {
                    // that was what was wanted
                }
                core().link().end(SHUT_DOWN);
                end();
            }
        }

        /** Waits for the process; an interrupt is kept for later. */
        private void end() {
            if (!joined()) {
                process.terminate();
                if (!joined()) {
                    process.kill();
                    joined();
                }
            }
        }

        private boolean joined() {
            boolean isInterrupted = false;
            try {
                while (true) {
                    try {
                        return process.join(PATIENCE);
                    } catch (InterruptedException keptForLater) {
                        isInterrupted = true;
                    }
                }
            } finally {
                if (isInterrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        @Override
        public String toString() {
            return "Manager[" + core().link() + ", pid " + pid() + "]";
        }
    }
}
