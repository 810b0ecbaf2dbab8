package io.multiprocessing.pool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The jobs whose inputs are still being read, so that more may come of them. All under the pool's lock. */
final class Streams {
    private final Set<StreamJob<?>> reading = new LinkedHashSet<>();

    void add(StreamJob<?> job) {
        reading.add(job);
    }

    /** Nothing more comes of it. */
    void remove(Job job) {
        if (job instanceof StreamJob<?> stream) {
            reading.remove(stream);
        }
    }

    boolean isEmpty() {
        return reading.isEmpty();
    }

    /** Which there are; those of which nothing more is taken once the pool is shut down are forgotten. */
    List<StreamJob<?>> shutDown() {
        List<StreamJob<?>> all = new ArrayList<>(reading);
        reading.removeIf(stream -> !stream.isSubmittedAsWhole());
        return all;
    }

    /** Forgets all; says which they were. */
    Collection<StreamJob<?>> clear() {
        List<StreamJob<?>> all = new ArrayList<>(reading);
        reading.clear();
        return all;
    }
}
