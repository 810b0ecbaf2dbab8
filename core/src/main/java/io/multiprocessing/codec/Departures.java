package io.multiprocessing.codec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept for those who will read the messages that this thread writes. If one of these messages is not sent, or who
 * ought to read it is no more, it need not be kept any longer.
 */
public final class Departures implements AutoCloseable {
    private static final ThreadLocal<@Nullable Departures> CURRENT = new ThreadLocal<>();

    private final @Nullable Departures outer = CURRENT.get();
    private @Nullable List<Runnable> kept;

    private Departures() {}

    /** Begins to note what this thread keeps. */
    public static Departures begin() {
        Departures departures = new Departures();
        CURRENT.set(departures);
        return departures;
    }

    /**
     * Notes, if the thread wants to know, that something is kept.
     *
     * @param release lets it go, unless it has arrived by then
     */
    public static void add(Runnable release) {
        Departures current = CURRENT.get();
        if (current != null) {
            current.addAll(List.of(release));
        }
    }

    /** Lets go of what has not arrived, because it never will. */
    public void lost() {
        List<Runnable> all = kept;
        kept = null;
        if (all != null) {
            all.forEach(Runnable::run);
        }
    }

    /**
     * Adds what was noted to other notes, and to those of who began before.
     *
     * @return the notes; null if there are none
     */
    @Nullable
    List<Runnable> addTo(@Nullable List<Runnable> notes) {
        List<Runnable> all = kept;
        if (all == null) {
            return notes;
        }
        if (outer != null) {
            outer.addAll(all);
        }
        if (notes == null) {
            return all;
        }
        notes.addAll(all);
        return notes;
    }

    private void addAll(List<Runnable> releases) {
        if (kept == null) {
            kept = new ArrayList<>();
        }
        kept.addAll(releases);
    }

    /** Notes nothing more. */
    @Override
    public void close() {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }
}
