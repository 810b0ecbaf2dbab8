package io.multiprocessing.local.queue;

import java.lang.foreign.Arena;
import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * That this process has a ring mapped: as long as somebody uses it. A ring that was removed takes memory until all
 * processes have unmapped it, so this must not wait for the garbage collector, which comes only for who never let go.
 */
final class RingMapping {
    private static final Cleaner CLEANER = Cleaner.create();

    private final Arena arena = Arena.ofShared();
    private final Cleaner.Cleanable unmapping = CLEANER.register(this, arena::close);
    private final AtomicInteger users = new AtomicInteger(1);

    Arena arena() {
        return arena;
    }

    /** One more uses it; false if it is unmapped, because nobody did. */
    boolean retain() {
        int before;
        do {
            before = users.get();
            if (before == 0) {
                return false;
            }
        } while (!users.compareAndSet(before, before + 1));
        return true;
    }

    /** Who has made it, or retained it, does not use it any more. */
    void release() {
        if (users.decrementAndGet() == 0) {
            unmapping.clean();
        }
    }
}
