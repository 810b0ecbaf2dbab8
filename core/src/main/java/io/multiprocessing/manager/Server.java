package io.multiprocessing.manager;

import io.multiprocessing.Context;
import io.multiprocessing.SocketOptions;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Serves the objects of a table to clients. */
final class Server {
    private final ObjectTable table;
    private final Map<Long, Client> clients = new HashMap<>();
    private final Set<Session> sessions = new HashSet<>();
    private final Referent root;
    private final Runnable onStop;
    private final Link own;
    private final ClassLoader loader = ClassLoader.getSystemClassLoader();
    private volatile boolean isStopping;
    private @Nullable Gate gate;

    /** @param onStop what to do when a client has asked for the end, once */
    Server(Context context, String address, Duration linger, Runnable onStop) {
        this.table = new ObjectTable(context, address, linger);
        this.root = table.add(Kind.SERVER, new ServedRoot(this));
        this.onStop = onStop;
        this.own = new Link(address, context, ThreadChannel.to(this));
        Links.add(own);
    }

    /** What is said to a client that is taken. */
    byte[] welcome() {
        byte[] text = table.address().getBytes(StandardCharsets.US_ASCII);
        byte[] welcome = new byte[1 + text.length];
        welcome[0] = Frame.WELCOME;
        System.arraycopy(text, 0, welcome, 1, text.length);
        return welcome;
    }

    ObjectTable table() {
        return table;
    }

    /** Serves a channel until it ends, on a thread of its own. */
    void serve(Channel channel, boolean isTrusted) {
        Session session = new Session(this, channel, isTrusted);
        synchronized (this) {
            if (isStopping) {
                channel.close();
                return;
            }
            sessions.add(session);
        }
        channel.threads().name("multiprocessing-manager-session").start(() -> {
            try {
                session.run();
            } finally {
                forget(session);
            }
        });
    }

    private synchronized void forget(Session session) {
        sessions.remove(session);
    }

    /** Lets clients in by sockets, too. */
    synchronized void listen(SocketAddress address, SocketOptions options) throws IOException {
        if (gate != null) {
            throw new IllegalStateException("the manager listens already, at " + gate.address());
        }
        if (!isStopping) {
            gate = new Gate(this, address, options);
        }
    }

    /** Where clients are let in by sockets; null if nowhere. */
    synchronized @Nullable SocketPlace place() {
        return gate == null ? null : SocketPlace.of(gate.address());
    }

    /** A client has come, by its control session. */
    synchronized Client arrive(Hello hello) {
        Client client = new Client(hello.client(), hello.pid(), hello.name());
        if (clients.putIfAbsent(hello.client(), client) != null) {
            throw new IllegalStateException("client " + hello + " is there already");
        }
        return client;
    }

    synchronized @Nullable Client client(long id) {
        return clients.get(id);
    }

    /** The control session of a client has ended. */
    void depart(Client client) {
        synchronized (this) {
            clients.remove(client.id());
        }
        client.depart();
        table.departed(client);
    }

    /** Does a call. */
    Answer answer(Session session, Client client, Request request) {
        Exchange exchange = Exchange.ofServer(table, client, own, session.isTrusted());
        try {
            Referent referent = request.object() == Frame.SERVER ? root : table.get(request.object());
            Object result = referent.target().call(read(session, client, request, exchange));
            try (var _ = exchange.enter()) {
                return Reply.result(request.method(), result);
            }
        } catch (Throwable failure) { // whatever it is, it is the caller's
            try (var _ = exchange.enter()) {
                return Reply.failure(failure);
            }
        }
    }

    private Call read(Session session, Client client, Request request, Exchange exchange) {
        try (var _ = exchange.enter()) {
            return new Call(
                    new Caller(client, request.thread()),
                    session.isTrusted(),
                    request.method(),
                    request.arguments(loader));
        }
    }

    /** Lets running calls end, at most so long, then ends all sessions. */
    void stop(Duration grace) throws InterruptedException {
        List<Session> left;
        synchronized (this) {
            isStopping = true;
            if (gate != null) {
                gate.close();
            }
            left = new ArrayList<>(sessions);
        }
        Patience patience = new Patience(Patience.nanos(grace));
        for (Session session : left) {
            session.awaitDone(patience);
        }
        left.forEach(Session::end);
    }

    /** Whether no call may begin any more. */
    boolean isStopping() {
        return isStopping;
    }

    /** A client wants the server to end. */
    void requestStop() {
        onStop.run();
    }
}
