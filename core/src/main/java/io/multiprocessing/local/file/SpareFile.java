package io.multiprocessing.local.file;

import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** An opening of a file kept for the next time, so that locking again need not open again. Goes with its owner. */
final class SpareFile implements Runnable {
    private static final int MOST_KEPT = 64;
    private static final AtomicInteger KEPT = new AtomicInteger();

    private final AtomicReference<@Nullable OpenFile> file = new AtomicReference<>();

    private SpareFile() {}

    static SpareFile of(Object owner) {
        var spare = new SpareFile();
        Cleaning.CLEANER.register(owner, spare);
        return spare;
    }

    @Nullable
    OpenFile take(boolean isShared) {
        OpenFile taken = file.getAndSet(null);
        if (taken == null) {
            return null;
        }
        KEPT.decrementAndGet();
        if (!taken.serves(isShared)) {
            taken.close();
            return null;
        }
        return taken;
    }

    /** Takes a file that is not locked. */
    void give(OpenFile given) {
        if (KEPT.incrementAndGet() > MOST_KEPT || !file.compareAndSet(null, given)) {
            KEPT.decrementAndGet();
            given.close();
        }
    }

    @Override
    public void run() {
        OpenFile left = take(true);
        if (left != null) {
            left.close();
        }
    }

    private static final class Cleaning {
        static final Cleaner CLEANER = Cleaner.create();
    }
}
