package io.multiprocessing.codec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That this thread reads messages which nobody is to get, in order to let go of what is kept for who would have: see
 * {@link Departures}. What arrives alive is let go of at the end.
 */
public final class Arrivals implements AutoCloseable {
    private static final ThreadLocal<@Nullable Arrivals> CURRENT = new ThreadLocal<>();

    private final @Nullable Arrivals outer = CURRENT.get();
    private final List<Runnable> releases = new ArrayList<>();

    private Arrivals() {}

    /** Begins to read in order to forget. */
    public static Arrivals forget() {
        Arrivals arrivals = new Arrivals();
        CURRENT.set(arrivals);
        return arrivals;
    }

    /** Whether what this thread reads is forgotten. */
    public static boolean areForgotten() {
        return CURRENT.get() != null;
    }

    /**
     * Notes that something has arrived that is to be forgotten.
     *
     * @param release lets it go
     */
    public static void add(Runnable release) {
        Arrivals current = CURRENT.get();
        if (current != null) {
            current.releases.add(release);
        }
    }

    /** Lets go of all that has arrived. */
    @Override
    public void close() {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
        releases.forEach(Runnable::run);
    }
}
