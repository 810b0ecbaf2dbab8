package io.multiprocessing.local;

import io.multiprocessing.SharedObject;
import io.multiprocessing.codec.Arrivals;
import io.multiprocessing.codec.Handle;
import io.multiprocessing.codec.Handles;
import io.multiprocessing.local.connection.LocalConnection;
import io.multiprocessing.local.member.ContextFolders;
import io.multiprocessing.local.member.Registry;
import io.multiprocessing.local.member.Seat;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.os.Parking;
import io.multiprocessing.local.process.LocalProcess;
import io.multiprocessing.local.process.ParentWatch;
import io.multiprocessing.local.process.ThisProcess;
import io.multiprocessing.local.segment.CellId;
import io.multiprocessing.manager.Links;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The contexts that this process has open: the one mutable static of the library. It knows them so that a handle from
 * anywhere becomes the right object, and so that all are closed when the process ends.
 */
final class LocalRuntime {
    /** Contexts are named after their folders, which are absolute paths. */
    private static final String FOLDER_PREFIX = "/";

    private static final LocalRuntime INSTANCE = new LocalRuntime();

    private final List<LocalContext> contexts = new ArrayList<>();

    /** For each context one of those who have it open, should there be several. */
    private final Map<String, LocalContext> contextsById = new HashMap<>();

    private boolean shuttingDown;
    private volatile boolean endingBySignal;

    private LocalRuntime() {
        Function<Handle, SharedObject> resolver = this::resolve;
        Handles.register(FOLDER_PREFIX, resolver);
        Handles.register(Links.PREFIX, resolver);
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(this::shutDown, "multiprocessing-shutdown"));
        } catch (IllegalStateException alreadyAtIt) {
            shuttingDown = true;
        }
    }

    static LocalRuntime get() {
        return INSTANCE;
    }

    LocalContext open(LocalOptions options) {
        String name = options.name();
        ContextFolders folders = ContextFolders.ofUser();
        folders.sweep();
        if (name == null) {
            return add(folders.create(ThisProcess.name()), options.standBy());
        }
        secureSeats();
        return add(folders.createOrJoin(name, ThisProcess.name()), options.standBy());
    }

    LocalContext attach(String name, int standBy) {
        secureSeats();
        return add(ContextFolders.ofUser().joinExisting(name, ThisProcess.name()), standBy);
    }

    /**
     * Takes the place that is reserved for this process in the context that it was started from. A signal that ends this
     * process comes either before, and then the seat stays empty, or after, and then it is noted there.
     *
     * @return false if this process is ending already
     */
    synchronized boolean adopt(Seat seat, int owner, int standBy) {
        if (shuttingDown) {
            return false;
        }
        seat.take(owner);
        add(Registry.of(seat), standBy);
        return true;
    }

    /** A context of its own inside the folder of another one, with which it goes should nobody close it. */
    LocalContext openInside(Path folder) {
        return add(ContextFolders.inside(folder).create(ThisProcess.name()), 0);
    }

    synchronized List<LocalProcess> activeChildren() {
        List<LocalProcess> children = new ArrayList<>();
        for (LocalContext context : contexts) {
            for (LocalProcess child : context.children().living()) {
                if (!child.hasEnded()) {
                    children.add(child);
                }
            }
        }
        return children;
    }

    synchronized void remove(LocalContext context) {
        contexts.remove(context);
        if (contextsById.remove(context.contextId(), context)) {
            for (LocalContext other : contexts) {
                if (other.contextId().equals(context.contextId())) {
                    contextsById.put(other.contextId(), other);
                }
            }
        }
    }

    private synchronized LocalContext add(Registry registry, int standBy) {
        LocalContext context = new LocalContext(this, registry, standBy);
        contexts.add(context);
        contextsById.putIfAbsent(context.contextId(), context);
        return context;
    }

    /** What is joined now may be the context of a seat, once more. */
    private synchronized void secureSeats() {
        contexts.forEach(LocalContext::secureSeat);
    }

    private SharedObject resolve(Handle handle) {
        if (handle.context().startsWith(Links.PREFIX)) {
            return Links.resolve(handle);
        }
        Links.requireTrusted(handle);
        ObjectKind kind = ObjectKind.of(handle.kind());
        if (kind == ObjectKind.SHARED_MEMORY || kind == ObjectKind.SHAREABLE_LIST) {
            int end = handle.context().lastIndexOf('/');
            return contextOf(handle.context().substring(0, end))
                    .resolve(kind, handle.segment(), handle.context().substring(end + 1));
        }
        CellId id = new CellId(handle.segment(), handle.offset());
        if (handle.ticket() != 0 && Arrivals.areForgotten()) {
            return contextOf(handle.context()).forgotten(id, handle.ticket());
        }
        SharedObject object = contextOf(handle.context()).resolve(kind, id);
        if (handle.ticket() != 0 && object instanceof LocalConnection end) {
            end.arrived(handle.ticket());
        }
        return object;
    }

    private synchronized LocalContext contextOf(String folder) {
        LocalContext known = contextsById.get(folder);
        return known != null
                ? known
                : add(
                        ContextFolders.ofUser().joinFolder(Path.of(folder), ThisProcess.name()),
                        LocalOptions.standByByDefault());
    }

    boolean isEndingBySignal() {
        return endingBySignal;
    }

    private void shutDown() {
        ParentWatch.end();
        Shutdown shutdown = Shutdown.detect();
        if (shutdown.isBySignal()) {
            endingBySignal = true;
            CutOff.saysNothing();
        }
        List<LocalContext> open;
        synchronized (this) {
            shuttingDown = true;
            open = List.copyOf(contexts);
        }
        for (LocalContext context : open) {
            context.shutDown(shutdown);
        }
        Parking.shutDown();
    }
}
