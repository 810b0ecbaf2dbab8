package io.multiprocessing.threads;

/**
 * Which lock a value or an array has.
 *
 * @param lock its number, or {@link #NONE}
 */
record Guard(long lock) {
    static final long NONE = 0;

    static final Guard RAW = new Guard(NONE);

    /** A new recursive lock. */
    static Guard own(Space space) {
        Mutex mutex = new Mutex(space);
        return new Guard(space.add((context, id) -> new TwinRLock(context, id, mutex)));
    }
}
