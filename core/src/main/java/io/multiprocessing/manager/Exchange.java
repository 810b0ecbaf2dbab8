package io.multiprocessing.manager;

import org.jspecify.annotations.Nullable;

/**
 * For whom the calling thread encodes or decodes just now, so that proxies are written and read as what they are there:
 * the server reads its own objects, and grants them to whom it answers; a client that calls need not say that it sends.
 */
final class Exchange {
    private static final ThreadLocal<@Nullable Exchange> CURRENT = new ThreadLocal<>();

    private final @Nullable ObjectTable table;
    private final @Nullable Client client;
    private final @Nullable Link link;

    private Exchange(@Nullable ObjectTable table, @Nullable Client client, @Nullable Link link) {
        this.table = table;
        this.client = client;
        this.link = link;
    }

    static Exchange ofServer(ObjectTable table, Client client) {
        return new Exchange(table, client, null);
    }

    static Exchange ofClient(Link link) {
        return new Exchange(null, null, link);
    }

    /** Says that what is encoded and decoded until {@link Scope#close} is of this exchange. */
    Scope enter() {
        Exchange outer = CURRENT.get();
        CURRENT.set(this);
        return () -> CURRENT.set(outer);
    }

    /** Whom the server answers. */
    static @Nullable Client client() {
        Exchange current = CURRENT.get();
        return current == null ? null : current.client;
    }

    /** Whose server reads. */
    static @Nullable ObjectTable table() {
        Exchange current = CURRENT.get();
        return current == null ? null : current.table;
    }

    /** To whose server a client writes. */
    static @Nullable Link link() {
        Exchange current = CURRENT.get();
        return current == null ? null : current.link;
    }

    /** What ends it. */
    interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
