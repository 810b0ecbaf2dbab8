package io.multiprocessing.manager;

import io.multiprocessing.Context;
import io.multiprocessing.codec.Handle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What all proxies of one object in one process have in common; the object is held as long as one of them is there. */
final class Core {
    private final Link link;
    private final Kind kind;
    private final long id;
    private final Grants grants;
    private final @Nullable Referent referent;

    Core(Link link, Kind kind, long id) {
        this(link, kind, id, null);
    }

    /** In the process of the server itself: the object lives as long as the proxy, without being granted. */
    Core(Link link, Referent referent) {
        this(link, referent.kind(), referent.id(), referent);
    }

    private Core(Link link, Kind kind, long id, @Nullable Referent referent) {
        this.link = link;
        this.kind = kind;
        this.id = id;
        this.grants = new Grants(link, id);
        this.referent = referent;
    }

    /** The object itself, in the process of the server. */
    @Nullable
    Referent referent() {
        return referent;
    }

    Kind kind() {
        return kind;
    }

    long id() {
        return id;
    }

    Link link() {
        return link;
    }

    Grants grants() {
        return grants;
    }

    Context context() {
        return link.context();
    }

    /** What travels; whoever reads it gets a proxy of its own. */
    Handle handle(long offset) {
        if (referent != null) {
            return referent.handle(offset);
        }
        ObjectTable table = Exchange.table();
        if (table != null && table.address().equals(link.address())) {
            return table.get(id).handle(offset);
        }
        if (table == null && Exchange.link() == link) {
            return new Handle(link.serverName(), kind.number(), id, offset);
        }
        if (kind != Kind.SERVER) {
            link.sent(id);
        }
        return new Handle(link.address(), kind.number(), id, offset);
    }

    /** Calls what does not wait; an interrupt of the calling thread is kept for later. */
    @Nullable
    Object call(String method, @Nullable Object... arguments) {
        return link.call(id, method, arguments);
    }

    /** Calls what gives a value always. */
    Object value(String method, @Nullable Object... arguments) {
        return Objects.requireNonNull(call(method, arguments));
    }

    boolean flag(String method, @Nullable Object... arguments) {
        return (Boolean) value(method, arguments);
    }

    int integer(String method, @Nullable Object... arguments) {
        return (Integer) value(method, arguments);
    }

    /** Calls what may wait: an interrupt of the calling thread ends it, unless it has come to its end just then. */
    @Nullable
    Object await(String method, @Nullable Object... arguments) throws InterruptedException {
        return link.await(id, method, arguments);
    }

    boolean awaitFlag(String method, @Nullable Object... arguments) throws InterruptedException {
        return (Boolean) Objects.requireNonNull(await(method, arguments));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Core that && id == that.id && link.address().equals(that.link.address());
    }

    @Override
    public int hashCode() {
        return Long.hashCode(id);
    }
}
