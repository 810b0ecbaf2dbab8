package io.multiprocessing.pool;

import io.multiprocessing.Context;
import io.multiprocessing.LongArray;

/**
 * Where all workers of a pool are, a {@link Position} for each, in shared memory. Each changes at every input of its worker, so they
 * lie so far apart that no two of them are in one line of a processor's cache, nor in two that are fetched together.
 *
 * @param words of which every sixteenth is used
 */
record Positions(LongArray words) {
    private static final int APART = 16;

    static Positions of(Context context, int workers) {
        return new Positions(context.raw().longArray(Math.multiplyExact(workers, APART)));
    }

    long get(int worker) {
        return words.get(worker * APART);
    }

    void set(int worker, long position) {
        words.set(worker * APART, position);
    }

    boolean compareAndSet(int worker, long expected, long position) {
        return words.compareAndSet(worker * APART, expected, position);
    }
}
