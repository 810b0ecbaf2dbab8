package io.multiprocessing.manager;

import io.multiprocessing.AuthenticationException;
import io.multiprocessing.Listener;
import io.multiprocessing.SocketOptions;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;

/** Lets clients in by sockets, on a thread of its own, until it is closed. */
final class Gate implements AutoCloseable {
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);

    private final Server server;
    private final Listener listener;

    /** @throws IOException if it can't listen there */
    Gate(Server server, SocketAddress address, SocketOptions options) throws IOException {
        this.server = server;
        this.listener = Listener.open(address, options);
        Thread.ofVirtual().name("multiprocessing-manager-gate").start(this::run);
    }

    SocketAddress address() {
        return listener.address();
    }

    private void run() {
        try {
            while (true) {
                letIn();
            }
        } catch (IllegalStateException closed) {
            // that is its end
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void letIn() throws InterruptedException {
        try {
            server.serve(PipeChannel.ofSocket(listener.accept()), false);
        } catch (AuthenticationException refused) {
            System.getLogger("io.multiprocessing")
                    .log(System.Logger.Level.WARNING, "a client of the manager was refused: {0}", refused.getMessage());
        } catch (IOException failed) {
            System.getLogger("io.multiprocessing")
                    .log(System.Logger.Level.WARNING, "a client of the manager could not be let in", failed);
            Thread.sleep(PAUSE_AFTER_FAILURE); // for want of files perhaps, which takes a while to mend
        }
    }

    @Override
    public void close() {
        listener.close();
    }
}
