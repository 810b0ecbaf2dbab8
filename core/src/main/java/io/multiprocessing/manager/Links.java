package io.multiprocessing.manager;

import io.multiprocessing.SharedObject;
import io.multiprocessing.codec.Handle;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The servers that this process is a client of, by their addresses; and the way from handles to proxies. */
public final class Links {
    /** How what handles of managers say of where their objects are begins. */
    public static final String PREFIX = "manager:";

    private static final Map<String, Link> KNOWN = new ConcurrentHashMap<>();

    private Links() {}

    /**
     * The proxy that a handle stands for.
     *
     * @throws IllegalStateException if the manager has ended, or this process has no way to it
     * @throws java.util.NoSuchElementException if the object is gone
     */
    public static SharedObject resolve(Handle handle) {
        ObjectTable table = Exchange.table();
        if (table != null && table.address().equals(handle.context())) {
            Core core = new Core(to(handle.context()), table.get(handle.segment()));
            return Proxies.of(core, handle.offset());
        }
        Kind kind = Kind.of(handle.kind());
        Link link = Exchange.link();
        if (link != null && link.address().equals(handle.context())) {
            return Proxies.of(link.granted(kind, handle.segment()), handle.offset());
        }
        link = to(handle.context());
        return Proxies.of(kind == Kind.SERVER ? link.server() : link.hold(kind, handle.segment()), handle.offset());
    }

    /** How an address begins that this class can tell from others. */
    static String address(String rest) {
        return PREFIX + rest;
    }

    /** The link to the server at an address, which is made if there is none. */
    static Link to(String address) {
        return KNOWN.computeIfAbsent(address, _ -> LocalDoor.linkTo(address.substring(PREFIX.length()), address));
    }

    static Link to(String address, Function<String, Link> creation) {
        return KNOWN.computeIfAbsent(address, creation);
    }

    static void forget(Link link) {
        KNOWN.remove(link.address(), link);
    }
}
