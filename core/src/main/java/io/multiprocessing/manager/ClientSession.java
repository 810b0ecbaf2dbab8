package io.multiprocessing.manager;

import io.multiprocessing.spi.Uninterrupted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One channel to the server, as the client uses it: for one call at a time. */
final class ClientSession {
    /** How long to wait for a welcome before looking whether the server is there at all. */
    private static final Duration SLICE = Duration.ofMillis(50);

    private final Channel channel;
    private final long number;
    private final String serverName;

    private ClientSession(Channel channel, long number, String serverName) {
        this.channel = channel;
        this.number = number;
        this.serverName = serverName;
    }

    /**
     * Opens a channel and waits until the server has welcomed it.
     *
     * @throws IOException if the server is gone, or refuses
     */
    static ClientSession open(Connector connector, Hello hello) throws IOException, InterruptedException {
        Channel channel = connector.connect();
        boolean isWelcome = false;
        try {
            channel.send(hello.write());
            long end = System.nanoTime() + connector.patience().toNanos();
            while (!channel.await(SLICE)) {
                if (connector.isServerGone()) {
                    throw new IOException("the manager's process has ended");
                }
                if (System.nanoTime() - end > 0) {
                    throw new IOException("the manager has not welcomed this process within " + connector.patience());
                }
            }
            byte[] welcome = channel.receive();
            if (welcome == null || welcome.length < 1 || welcome[0] != Frame.WELCOME) {
                throw new IOException("the manager does not take this process as a client");
            }
            isWelcome = true;
            return new ClientSession(
                    channel, hello.session(), new String(welcome, 1, welcome.length - 1, StandardCharsets.US_ASCII));
        } finally {
            if (!isWelcome) {
                channel.close();
            }
        }
    }

    long number() {
        return number;
    }

    /** What the server calls itself: what handles that it sends say of where its objects are. */
    String serverName() {
        return serverName;
    }

    void send(byte[] frame) throws IOException {
        channel.send(frame);
    }

    /** Whether an answer comes in time; an interrupt is kept for later. */
    boolean await(Duration timeout) throws IOException {
        long end = System.nanoTime() + timeout.toNanos();
        return Uninterrupted.get(() -> channel.await(Duration.ofNanos(Math.max(0, end - System.nanoTime()))));
    }

    /**
     * Waits for an answer; an interrupt is kept for later.
     *
     * @param onInterrupt what to do when the thread is interrupted, once
     * @return null if the server is gone
     */
    byte @Nullable [] receive(@Nullable Runnable onInterrupt) throws IOException {
        boolean isInterrupted = false;
        try {
            while (true) {
                try {
                    return channel.receive();
                } catch (InterruptedException keptForLater) {
                    if (onInterrupt != null && !isInterrupted) {
                        onInterrupt.run();
                    }
                    isInterrupted = true;
                }
            }
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void close() {
        channel.close();
    }
}
