package io.multiprocessing.manager;

import java.util.Objects;
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

    private final boolean isTrusted;

    private Exchange(@Nullable ObjectTable table, @Nullable Client client, @Nullable Link link, boolean isTrusted) {
        this.table = table;
        this.client = client;
        this.link = link;
        this.isTrusted = isTrusted;
    }

    /** @param own by which the server calls itself */
    static Exchange ofServer(ObjectTable table, Client client, Link own, boolean isTrusted) {
        return new Exchange(table, client, own, isTrusted);
    }

    static Exchange ofClient(Link link, boolean isTrusted) {
        return new Exchange(null, null, link, isTrusted);
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

    /** To whose server a client writes; or by which the server calls itself. */
    static @Nullable Link link() {
        Exchange current = CURRENT.get();
        return current == null ? null : current.link;
    }

    /** What the server calls itself, if the other side is on another machine; else null. */
    static @Nullable String untrustedName() {
        Exchange current = CURRENT.get();
        if (current == null || current.isTrusted) {
            return null;
        }
        return current.table != null
                ? current.table.address()
                : Objects.requireNonNull(current.link).serverName();
    }

    /** What ends it. */
    interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
