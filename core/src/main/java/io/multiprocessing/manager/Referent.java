package io.multiprocessing.manager;

import io.multiprocessing.Context;
import io.multiprocessing.codec.Handle;

/**
 * An object in the table of the server: what a proxy refers to. Containers of the server hold it in the place of a
 * proxy, and it travels to clients as one.
 */
final class Referent implements Handle.Source {
    private final ObjectTable table;
    private final long id;
    private final Kind kind;
    private final Served target;

    Referent(ObjectTable table, long id, Kind kind, Served target) {
        this.table = table;
        this.id = id;
        this.kind = kind;
        this.target = target;
    }

    long id() {
        return id;
    }

    Kind kind() {
        return kind;
    }

    Served target() {
        return target;
    }

    @Override
    public Context context() {
        return table.context();
    }

    @Override
    public Handle handle() {
        return handle(0);
    }

    /** What travels to a client, to whom it is granted, or from the server to somebody else. */
    Handle handle(long detail) {
        Client receiver = Exchange.client();
        if (receiver != null) {
            table.hold(receiver, this);
        } else {
            table.linger(this);
        }
        return new Handle(table.address(), kind.number(), id, detail);
    }

    @Override
    public String toString() {
        return kind.typeName() + " " + id;
    }
}
