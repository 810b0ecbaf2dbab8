package io.multiprocessing.local.sync;

import io.multiprocessing.local.member.Registry;
import java.util.HashMap;
import java.util.Map;

/** Asks the registry once for each process, for one look at many words that name the same few processes. */
final class Deaths {
    private final Registry registry;
    private final Map<Integer, Boolean> known = new HashMap<>();

    Deaths(Registry registry) {
        this.registry = registry;
    }

    boolean isDead(int owner) {
        return known.computeIfAbsent(owner, registry::isDead);
    }

    /** Whether a process has died and not left in good order. */
    boolean hasCrashed(int owner) {
        return isDead(owner) && registry.hasCrashed(owner);
    }
}
