package io.multiprocessing.pool;

import java.lang.ref.Cleaner;

/** Finds out what users of pools have dropped. Its thread is there from the first pool on. */
final class Cleaning {
    static final Cleaner CLEANER = Cleaner.create();

    private Cleaning() {}
}
