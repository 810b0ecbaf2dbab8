package io.multiprocessing.manager;

import io.multiprocessing.Context;
import io.multiprocessing.SharedObject;
import io.multiprocessing.UnreadableMessageException;
import io.multiprocessing.codec.Handle;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** The servers that this process is a client of, by their addresses; and the way from handles to proxies. */
public final class Links {
    /** How what handles of managers say of where their objects are begins. */
    public static final String PREFIX = "manager:";

    private static final Map<Place, Link> KNOWN = new ConcurrentHashMap<>();

    private Links() {}

    /**
     * The proxy that a handle stands for.
     *
     * @throws IllegalStateException if the manager has ended, or this process has no way to it
     * @throws java.util.NoSuchElementException if the object is gone
     */
    public static SharedObject resolve(Handle handle) {
        requireTrusted(handle);
        ObjectTable table = Exchange.table();
        if (table != null && table.address().equals(handle.context())) {
            Core core = new Core(Objects.requireNonNull(Exchange.link()), table.get(handle.segment()));
            return Proxies.of(core, handle.offset());
        }
        Kind kind = Kind.of(handle.kind());
        Link link = Exchange.link();
        if (link != null && table == null && link.serverName().equals(handle.context())) {
            return Proxies.of(link.granted(kind, handle.segment()), handle.offset());
        }
        link = to(handle.context());
        return Proxies.of(kind == Kind.SERVER ? link.server() : link.hold(kind, handle.segment()), handle.offset());
    }

    /**
     * Refuses to follow handles that come from another machine, but for those of the objects of the manager that is talked
     * to: what they name is not there, or not meant.
     *
     * @throws UnreadableMessageException if the handle is such a one
     */
    public static void requireTrusted(Handle handle) {
        String own = Exchange.untrustedName();
        if (own != null && !own.equals(handle.context())) {
            throw new UnreadableMessageException("a shared object of one machine was sent to another, by a manager that"
                    + " has clients on several: only proxies of that manager can be sent so");
        }
    }

    /** How an address begins that this class can tell from others. */
    static String address(String rest) {
        return PREFIX + rest;
    }

    /** The link to the server at an address, which is made if there is none. */
    static Link to(String address) {
        Door door = Door.of(address.substring(PREFIX.length()));
        return KNOWN.computeIfAbsent(
                new Place(address, door.context()), place -> new Link(address, place.context(), door));
    }

    static void add(Link link) {
        KNOWN.keySet().removeIf(place -> place.context().isClosed());
        KNOWN.put(new Place(link.address(), link.context()), link);
    }

    static void forget(Link link) {
        KNOWN.remove(new Place(link.address(), link.context()), link);
    }

    /**
     * What a link is for. Where processes are threads each has contexts of its own, and so links of its own: each is a client.
     *
     * @param address of the server
     * @param context of the client
     */
    private record Place(String address, Context context) {
        /** By hand: what the JDK spins for a record costs a fresh JVM 7 ms. */
        @Override
        public int hashCode() {
            return 31 * address.hashCode() + context.hashCode();
        }
    }
}
