package io.multiprocessing.manager;

import io.multiprocessing.Context;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a server, and who has proxies of them.
 *
 * <p>An object is held once for each time it was granted to a client, and let go when the client says so or is gone.
 * Objects that are held lie here; those that are not are only known here, and live as long as another object of the
 * server refers to them: so a list in a dict lives as long as the dict, and the garbage collector finds cycles.
 *
 * <p>A proxy on its way from one client to another is held by nobody but who sent it. So a client says what it sends,
 * and what it has sent lingers for a while after it has let it go or has ended.
 *
 * <p>It knows nothing of frames and codecs.
 */
final class ObjectTable {
    private final Context context;
    private final String address;
    private final Duration linger;
    private final Map<Long, Holdings> held = new HashMap<>();
    private final Map<Long, Known> known = new ConcurrentHashMap<>();
    private final ReferenceQueue<Referent> collected = new ReferenceQueue<>();
    private final Map<Client, Map<Long, Grants>> grants = new HashMap<>();
    private volatile long lastId;

    /**
     * @param address what handles of these objects say of where they are
     * @param linger how long what was sent is kept
     */
    ObjectTable(Context context, String address, Duration linger) {
        this.context = context;
        this.address = address;
        this.linger = linger;
    }

    Context context() {
        return context;
    }

    String address() {
        return address;
    }

    /** Adds an object, which nobody holds but the caller by the referent. */
    synchronized Referent add(Kind kind, Served target) {
        if (kind != Kind.SERVER) {
            lastId++;
        }
        Referent referent = new Referent(this, kind == Kind.SERVER ? Frame.SERVER : lastId, kind, target);
        for (Known gone = (Known) collected.poll(); gone != null; gone = (Known) collected.poll()) {
            known.remove(gone.id, gone);
        }
        known.put(referent.id(), new Known(referent, collected));
        return referent;
    }

    /** @throws NoSuchElementException if the object is not there, or not any more */
    Referent get(long id) {
        Known reference = known.get(id);
        Referent referent = reference == null ? null : reference.get();
        if (referent == null) {
            throw new NoSuchElementException(
                    id > 0 && id <= lastId
                            ? "object " + id + " of the manager is gone: nobody had a proxy of it any more"
                            : "the manager has no object " + id);
        }
        return referent;
    }

    /** Grants an object once more to a client. One that is gone gets nothing. */
    synchronized void hold(Client client, Referent referent) {
        if (!client.isGone()) {
            grants.computeIfAbsent(client, _ -> new HashMap<>())
                    .computeIfAbsent(referent.id(), _ -> new Grants())
                    .count++;
            held.computeIfAbsent(referent.id(), _ -> new Holdings(referent)).count++;
        }
    }

    /** Keeps an object for a while: the server itself has sent a proxy of it to somebody. */
    synchronized void linger(Referent referent) {
        held.computeIfAbsent(referent.id(), _ -> new Holdings(referent)).count++;
        letGo(referent.id(), 1, true);
    }

    /** Takes back grants of an object from a client. */
    synchronized void release(Client client, long id, int count) {
        Map<Long, Grants> ofClient = grants.get(client);
        Grants granted = ofClient == null ? null : ofClient.get(id);
        if (ofClient == null || granted == null || count < 1 || count > granted.count) {
            return; // it says what can't be; it is not ours to guess what it means
        }
        granted.count -= count;
        if (granted.count == 0) {
            ofClient.remove(id);
        }
        letGo(id, count, granted.isSent);
    }

    /** Notes that a client sends a proxy to somebody. */
    synchronized void sent(Client client, long id) {
        Map<Long, Grants> ofClient = grants.get(client);
        Grants granted = ofClient == null ? null : ofClient.get(id);
        if (granted != null) {
            granted.isSent = true;
        }
    }

    /** Takes back all that a client has; it must be gone. */
    void departed(Client client) {
        List<Referent> all = new ArrayList<>();
        synchronized (this) {
            Map<Long, Grants> ofClient = grants.remove(client);
            if (ofClient != null) {
                ofClient.forEach((id, granted) -> letGo(id, granted.count, granted.isSent));
            }
            known.values().forEach(reference -> addTo(all, reference.get()));
        }
        all.forEach(referent -> referent.target().departed(client));
    }

    /** How many objects there are; those that nothing refers to are first collected. */
    int count() {
        if (unheld() > 0) {
            System.gc();
        }
        synchronized (this) {
            return known.size();
        }
    }

    private synchronized int unheld() {
        known.values().removeIf(reference -> reference.refersTo(null));
        return known.size() - held.size();
    }

    private static void addTo(List<Referent> all, @Nullable Referent referent) {
        if (referent != null) {
            all.add(referent);
        }
    }

    private void letGo(long id, int count, boolean isSent) {
        if (isSent && !linger.isZero()) {
            Thread.ofVirtual().name("multiprocessing-manager-linger").start(() -> {
                try {
                    Thread.sleep(linger);
                } catch (InterruptedException neverMind) {
                    Thread.currentThread().interrupt();
                }
                drop(id, count);
            });
        } else {
            drop(id, count);
        }
    }

    private synchronized void drop(long id, int count) {
        Holdings holdings = held.get(id);
        if (holdings != null) {
            holdings.count -= count;
            if (holdings.count == 0) {
                held.remove(id);
            }
        }
    }

    @Override
    public synchronized String toString() {
        return "ObjectTable[" + Arrays.toString(known.keySet().toArray()) + "]";
    }

    private static final class Grants {
        int count;
        boolean isSent;
    }

    private static final class Known extends WeakReference<Referent> {
        final long id;

        Known(Referent referent, ReferenceQueue<Referent> queue) {
            super(referent, queue);
            this.id = referent.id();
        }
    }

    /** Keeps a referent for those that have it. */
    private static final class Holdings {
        @SuppressWarnings("UnusedVariable") // it is there to be reachable
        final Referent referent;

        int count;

        Holdings(Referent referent) {
            this.referent = referent;
        }
    }
}
