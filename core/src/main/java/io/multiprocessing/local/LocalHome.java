package io.multiprocessing.local;

import io.multiprocessing.Context;
import io.multiprocessing.SharedObject;
import io.multiprocessing.local.connection.LocalConnection;
import io.multiprocessing.local.member.Registry;
import io.multiprocessing.local.memory.LocalValues;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.LocalObject;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.queue.LocalQueues;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.CellId;
import io.multiprocessing.local.segment.SegmentStore;
import io.multiprocessing.local.sync.LocalSync;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The memory of a context, and the Java objects by which this process uses what lies in it. */
final class LocalHome implements Home {
    private static final long MOST_IDLE_WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long IDLE_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Registry registry;
    private final SegmentStore store;
    private final String contextId;
    private final Map<CellId, Known> known = new HashMap<>();
    private final ReferenceQueue<SharedObject> forgotten = new ReferenceQueue<>();
    private volatile boolean closed;
    private @Nullable Context context;

    LocalHome(Registry registry) {
        this.registry = registry;
        this.store = new SegmentStore(registry.folder(), registry.self());
        this.contextId = registry.folder().toString();
    }

    void setContext(Context context) {
        this.context = context;
    }

    @Override
    public Context context() {
        return Objects.requireNonNull(context);
    }

    @Override
    public String contextId() {
        return contextId;
    }

    @Override
    public SegmentStore store() {
        return store;
    }

    @Override
    public Registry registry() {
        return registry;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
        store.close();
    }

    /**
     * Waits until no thread of this process is in the middle of changing an object; after {@link #close} none begins to. Not
     * for ever: one that can't write to its disk may be there for long.
     */
    void awaitIdle() {
        long begin = System.nanoTime();
        while (isAnyObjectBusy() && System.nanoTime() - begin < MOST_IDLE_WAIT_NANOS) {
            LockSupport.parkNanos(IDLE_POLL_NANOS);
        }
    }

    private boolean isAnyObjectBusy() {
        synchronized (known) {
            for (Known reference : known.values()) {
                if (reference.get() instanceof LocalObject object && object.isBusy()) {
                    return true;
                }
            }
            return false;
        }
    }

    @Override
    public SharedObject resolve(ObjectKind kind, CellId id) {
        checkOpen();
        synchronized (known) {
            Known reference = known.get(id);
            SharedObject object = reference == null ? null : reference.get();
            if (object == null || isClosedEnd(object)) {
                object = find(kind, id);
                put(id, object);
            }
            return object;
        }
    }

    @Override
    public void remember(LocalObject object) {
        synchronized (known) {
            Known reference = known.get(object.id());
            SharedObject other = reference == null ? null : reference.get();
            if (other == null || isClosedEnd(other)) {
                put(object.id(), object);
            }
        }
    }

    /** The end of a pipe that was closed and comes again is another one. */
    private static boolean isClosedEnd(SharedObject object) {
        return object instanceof LocalObject known
                && known.kind() == ObjectKind.CONNECTION
                && ((LocalConnection) object).isClosed();
    }

    private void put(CellId id, SharedObject object) {
        for (Known gone = (Known) forgotten.poll(); gone != null; gone = (Known) forgotten.poll()) {
            known.remove(gone.id, gone);
        }
        known.put(id, new Known(id, object, forgotten));
    }

    private SharedObject find(ObjectKind kind, CellId id) {
        if (kind == ObjectKind.CONNECTION) {
            return LocalConnection.resolve(this, id);
        }
        Cell cell = store.resolve(id, kind.number());
        return switch (kind) {
            case QUEUE, JOINABLE_QUEUE, SIMPLE_QUEUE -> LocalQueues.resolve(this, kind, cell);
            default ->
                kind.number() < ObjectKind.INT_VALUE.number()
                        ? LocalSync.resolve(this, kind, cell)
                        : LocalValues.resolve(this, kind, cell);
        };
    }

    private static final class Known extends WeakReference<SharedObject> {
        final CellId id;

        Known(CellId id, SharedObject object, ReferenceQueue<SharedObject> queue) {
            super(object, queue);
            this.id = id;
        }
    }
}
