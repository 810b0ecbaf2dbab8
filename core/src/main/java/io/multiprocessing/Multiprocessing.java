package io.multiprocessing;

import io.multiprocessing.spi.ContextProvider;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The entry: opens {@linkplain Context contexts} and answers questions about the calling process.
 *
 * <p>{@snippet :
 * try (var mp = Multiprocessing.open()) {
 *     var counter = mp.intValue(0);
 *     var worker = mp.process(() -> counter.increment()).start();
 *     worker.join();
 *     System.out.println(counter.get()); // 1
 * }
 * }
 *
 * <p>Thread and process safety: everything here may be called from any thread of any process.
 *
 * <p>Source: the functions of Python's module {@code multiprocessing}.
 */
public final class Multiprocessing {
    private static final String DEFAULT_SCHEME = "local";

    private Multiprocessing() {}

    /**
     * Opens a new context of its own in shared memory; {@link Context#close()} frees all that it made.
     *
     * @throws UnsupportedOperationException if shared memory can't work on this machine; the message names what is
     *     missing
     */
    public static Context open() {
        return open(DEFAULT_SCHEME + ":");
    }

    /**
     * Opens the context that a URI names. The scheme says where data is kept: {@code local:} is a new context in
     * shared memory, {@code local:jobs} the context named {@code jobs}, which is created if it does not exist and
     * joined if it does. It lives as long as one process has it open. {@code threads:} and {@code threads:jobs} are the
     * same within this JVM, see {@link Context}.
     *
     * <p>A context in shared memory keeps JVMs on stand-by for processes to come, see {@link Process#start()};
     * {@code local:?standby=2} and {@code local:jobs?standby=2} say how many there are at most, and 0 that there are none. What
     * is not said so is said by the system property {@code multiprocessing.standby}. A child's context allows what its parent's does.
     *
     * @param uri scheme, colon, and what the provider of that scheme makes of the rest
     * @throws IllegalArgumentException if the URI is malformed or no provider answers its scheme; the message lists
     *     those that are there
     * @throws UnsupportedOperationException if this machine lacks what the context needs
     */
    public static Context open(String uri) {
        URI parsed = parse(uri);
        return provider(parsed).open(parsed);
    }

    /**
     * Joins a context that another process of the same user has {@linkplain #open(String) opened} under a name.
     *
     * @param name a plain name, or a URI as for {@link #open(String)}
     * @throws NoSuchElementException if no living process has a context of that name open
     */
    public static Context attach(String name) {
        URI parsed = parse(name.indexOf(':') < 0 ? DEFAULT_SCHEME + ":" + name : name);
        return provider(parsed).attach(parsed);
    }

    /**
     * The process that calls: its name, pid and daemon flag. Source: Python's {@code current_process()}.
     */
    public static Process currentProcess() {
        return providers().stream()
                .flatMap(provider -> provider.currentProcess().stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no context provider knows the current process"));
    }

    /**
     * The process that started this one by {@link Process#start()}, or empty in a process that nobody started so.
     * It can be asked for its name and pid, whether it is alive, and be joined: that notices its death at once.
     * Source: Python's {@code parent_process()}.
     */
    public static Optional<Process> parentProcess() {
        return providers().stream()
                .flatMap(provider -> provider.parentProcess().stream())
                .findFirst();
    }

    /**
     * The living processes that this process has started; a fresh list. Source: Python's {@code active_children()}.
     */
    public static List<Process> activeChildren() {
        List<Process> children = new ArrayList<>();
        for (ContextProvider provider : providers()) {
            children.addAll(provider.activeChildren());
        }
        return children;
    }

    /**
     * How many CPUs this process may use: the limits of its container or CPU mask are heeded, which Python's
     * {@code cpu_count()} does not do.
     */
    public static int cpuCount() {
        return Runtime.getRuntime().availableProcessors();
    }

    private static URI parse(String uri) {
        int colon = uri.indexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException(notAUri(uri));
        }
        try {
            // A bare "local:" is no legal URI by itself: the opaque part must not be empty.
            return colon == uri.length() - 1 ? URI.create(uri + "/") : URI.create(uri);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(notAUri(uri), malformed);
        }
    }

    private static String notAUri(String text) {
        return "not a context URI: \"" + text + "\"; write scheme:rest, as local: or local:jobs";
    }

    private static ContextProvider provider(URI uri) {
        List<ContextProvider> providers = providers();
        for (ContextProvider provider : providers) {
            if (provider.scheme().equals(uri.getScheme())) {
                return provider;
            }
        }
        throw new IllegalArgumentException("no context provider for the scheme \"" + uri.getScheme() + "\"; there are: "
                + providers.stream().map(ContextProvider::scheme).toList());
    }

    private static List<ContextProvider> providers() {
        return Providers.ALL;
    }

    private static final class Providers {
        /** The default one is the last: it speaks for the JVM as a whole, others may know better about a thread. */
        static final List<ContextProvider> ALL =
                ServiceLoader.load(ContextProvider.class, Multiprocessing.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .sorted(Comparator.comparing(
                                provider -> provider.scheme().equals(DEFAULT_SCHEME)))
                        .toList();
    }
}
