package io.multiprocessing.threads;

import io.multiprocessing.SharedObject;
import io.multiprocessing.codec.Handle;
import io.multiprocessing.codec.Handles;
import io.multiprocessing.manager.Links;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The contexts over threads that are open in this JVM: the one mutable static of this package. It knows them so that names
 * are found, and so that a handle becomes the object as the process sees it that reads the handle.
 */
final class TwinRuntime {
    private static final TwinRuntime INSTANCE = new TwinRuntime();

    /** The context of the object that is decoding a message, or of the process whose task is decoded. */
    private static final ThreadLocal<@Nullable TwinContext> READER = new ThreadLocal<>();

    private final List<TwinContext> contexts = new ArrayList<>();
    private final Map<String, Space> spacesByName = new HashMap<>();
    private final FlatNames flatNames = new FlatNames();

    private TwinRuntime() {
        Handles.register(Space.PREFIX, this::resolve);
        Handles.register(Links.PREFIX, Links::resolve);
    }

    static TwinRuntime get() {
        return INSTANCE;
    }

    /** The blocks that all contexts of this JVM find. */
    FlatNames flatNames() {
        return flatNames;
    }

    synchronized TwinContext open(Options options) {
        String name = options.name();
        Space space = name == null ? null : spacesByName.get(name);
        if (space == null) {
            space = new Space(name, options.copies());
            if (name != null) {
                spacesByName.put(name, space);
            }
        }
        return open(space, options, TwinProcess.current());
    }

    synchronized TwinContext attach(Options options) {
        Space space = spacesByName.get(Objects.requireNonNull(options.name()));
        if (space == null) {
            throw new NoSuchElementException("nobody in this JVM has the context \"threads:" + options.name()
                    + "\" open; there are: " + spacesByName.keySet());
        }
        return open(space, options, TwinProcess.current());
    }

    private TwinContext open(Space space, Options options, @Nullable TwinProcess process) {
        if (space.copies() != options.copies()) {
            throw new IllegalArgumentException("the context " + space.name().orElse("") + " is open with copy="
                    + space.copies() + ", it can't be opened with copy=" + options.copies());
        }
        TwinContext context = new TwinContext(space, process, options.virtual());
        space.opened(context);
        contexts.add(context);
        return context;
    }

    /** The context that a new process gets of the space it is started from. */
    synchronized TwinContext openFor(TwinProcess process, TwinContext parent) {
        return open(parent.space(), parent.options(), process);
    }

    @SuppressWarnings("ReferenceEquality") // a space is itself
    synchronized void remove(TwinContext context) {
        contexts.remove(context);
        Space space = context.space();
        if (space.left(context)) {
            space.name().ifPresent(name -> spacesByName.remove(name, space));
            flatNames.removeThoseOf(space);
        }
    }

    /** The contexts that a process has open, or the program if it is null. */
    @SuppressWarnings("ReferenceEquality") // a process is itself
    synchronized List<TwinContext> contextsOf(@Nullable TwinProcess process) {
        return contexts.stream().filter(context -> context.process() == process).toList();
    }

    /** What reads something on behalf of a context. */
    interface Reading<T, X extends Exception> {
        T read() throws X;
    }

    static <T, X extends Exception> T readFor(TwinContext context, Reading<T, X> reading) throws X {
        TwinContext before = READER.get();
        READER.set(context);
        try {
            return reading.read();
        } finally {
            READER.set(before);
        }
    }

    private SharedObject resolve(Handle handle) {
        Links.requireTrusted(handle);
        return contextFor(handle.context()).resolve(handle);
    }

    @SuppressWarnings("ReferenceEquality") // a process is itself
    private synchronized TwinContext contextFor(String spaceId) {
        TwinContext reader = READER.get();
        if (reader != null && reader.space().id().equals(spaceId)) {
            return reader;
        }
        TwinProcess process = reader == null ? TwinProcess.current() : reader.process();
        TwinContext any = null;
        for (TwinContext context : contexts) {
            if (context.space().id().equals(spaceId)) {
                if (context.process() == process) {
                    return context;
                }
                any = context;
            }
        }
        if (any == null) {
            throw new IllegalStateException("the context of a shared object, " + spaceId
                    + ", is closed, or of another JVM: the processes of \"threads:\" are threads of one");
        }
        return open(any.space(), any.options(), process);
    }
}
