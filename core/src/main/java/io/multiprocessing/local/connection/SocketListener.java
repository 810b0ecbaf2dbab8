package io.multiprocessing.local.connection;

import io.multiprocessing.Connection;
import io.multiprocessing.Listener;
import io.multiprocessing.SocketOptions;
import io.multiprocessing.spi.Deadline;
import io.multiprocessing.spi.Exchange;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Accepts connections. If there is a key each does its handshake in a virtual thread of its own, and is accepted when that
 * is done: one that says nothing holds up nobody. Clients are let in while somebody waits in {@code accept}.
 */
final class SocketListener implements Listener {
    private static final int MOST_HANDSHAKES = 256;

    private final ServerSocketChannel server;
    private final SocketAddress address;
    private final @Nullable UnixAddress file;
    private final SocketOptions options;
    private final @Nullable TlsEngines engines;
    private final ChannelWait wait;
    private final ReentrantLock gate = new ReentrantLock();
    private final Set<SocketConnection> shakingHands = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
    private volatile @Nullable SocketAddress lastAccepted;
    private volatile boolean closed;

    /** @param server one that is bound and does not block */
    SocketListener(
            ServerSocketChannel server, SocketAddress address, @Nullable UnixAddress file, SocketOptions options) {
        this.server = server;
        this.address = address;
        this.file = file;
        this.options = options;
        this.engines = file != null || options.tls().isEmpty()
                ? null
                : new TlsEngines(options.tls().get());
        if (engines != null) {
            engines.forListener(); // a mistake is told to who listens, not to the clients
        }
        this.wait = new ChannelWait(server, SelectionKey.OP_ACCEPT);
    }

    /** A client whose handshake has ended, well or not. */
    private record Arrival(
            SocketConnection connection,
            @Nullable SocketAddress from,
            @Nullable IOException failure) {}

    @Override
    public SocketAddress address() {
        return address;
    }

    @Override
    public Connection accept() throws IOException, InterruptedException {
        return Exchange.untimed(() -> accept(Deadline.NEVER));
    }

    @Override
    public Connection accept(Duration timeout) throws IOException, InterruptedException, TimeoutException {
        return accept(Deadline.after(timeout));
    }

    @Override
    public Connection acceptNow() throws IOException, TimeoutException {
        return Exchange.now(() -> accept(Deadline.after(Duration.ZERO)));
    }

    private Connection accept(Deadline deadline) throws IOException, InterruptedException, TimeoutException {
        if (!gate.tryLock(Math.max(deadline.nanosLeft(), 0), TimeUnit.NANOSECONDS)) {
            throw new TimeoutException("others were waiting for clients");
        }
        try {
            while (true) {
                checkOpen();
                Arrival arrival = arrivals.poll();
                if (arrival != null) {
                    return accepted(arrival);
                }
                boolean mayEnter = shakingHands.size() < MOST_HANDSHAKES;
                SocketChannel channel = mayEnter ? server.accept() : null;
                if (channel != null) {
                    letIn(channel);
                } else {
                    wait.setInterested(mayEnter);
                    wait.await(deadline);
                }
            }
        } catch (ClosedChannelException closedByUs) {
            throw closedException();
        } finally {
            gate.unlock();
        }
    }

    private Connection accepted(Arrival arrival) throws IOException {
        IOException failure = arrival.failure();
        if (failure != null) {
            throw failure;
        }
        lastAccepted = arrival.from();
        return arrival.connection();
    }

    private void letIn(SocketChannel channel) throws IOException {
        SocketAddress from = file == null ? channel.getRemoteAddress() : null;
        SocketConnection connection = SocketProvider.connection(
                channel,
                file == null ? "accepted from " + from : "accepted at " + address,
                file != null,
                engines == null ? null : engines.forListener());
        if (options.key().isEmpty() && !connection.isToBeEncrypted()) {
            arrivals.add(new Arrival(connection, from, null));
            return;
        }
        shakingHands.add(connection);
        Deadline deadline = Deadline.after(options.handshakeTimeout());
        Thread.ofVirtual().start(() -> shakeHands(connection, from, deadline));
    }

    private void shakeHands(SocketConnection connection, @Nullable SocketAddress from, Deadline deadline) {
        try {
            Handshake.run(connection, options, true, deadline);
            arrivals.add(new Arrival(connection, from, null));
        } catch (IOException failed) {
            arrivals.add(new Arrival(connection, from, failed));
        } catch (InterruptedException | RuntimeException closedByUs) {
            connection.close();
        } finally {
            shakingHands.remove(connection);
            if (closed) {
                connection.close();
            }
            wait.wakeUp();
        }
    }

    @Override
    public Optional<SocketAddress> lastAccepted() {
        return Optional.ofNullable(lastAccepted);
    }

    private void checkOpen() {
        if (closed) {
            throw closedException();
        }
    }

    private static IllegalStateException closedException() {
        return new IllegalStateException("the listener is closed");
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try (wait;
                server) {
            if (file != null) {
                file.remove();
            }
        } catch (IOException left) {
            System.getLogger("io.multiprocessing")
                    .log(System.Logger.Level.WARNING, "not wholly closed: " + address, left);
        }
        shakingHands.forEach(SocketConnection::close);
        for (Arrival arrival = arrivals.poll(); arrival != null; arrival = arrivals.poll()) {
            arrival.connection().close();
        }
    }

    @Override
    public String toString() {
        return "Listener[" + (closed ? "closed" : address + (options.key().isPresent() ? ", with a key" : "")) + "]";
    }
}
