package io.multiprocessing.benchmarks.harness;

import java.time.Duration;

/** Repeats an operation for a given time and says what one of them took. */
public final class TimeBox {
    /** Some operations in a row, so many that asking the clock between batches costs nothing. */
    @FunctionalInterface
    public interface Batch {
        void run() throws Exception;
    }

    private TimeBox() {}

    /**
     * Warms up, then measures.
     *
     * @param operations how many are in a batch
     */
    public static double nanosPerOperation(Effort effort, int operations, Batch batch) throws Exception {
        nanosPerBatch(effort.warmUp(), batch);
        return nanosPerBatch(effort.measure(), batch) / operations;
    }

    /** Runs batches until the time is over, at least one. */
    public static double nanosPerBatch(Duration time, Batch batch) throws Exception {
        long batches = 0;
        long start = System.nanoTime();
        long elapsed;
        do {
            batch.run();
            batches++;
            elapsed = System.nanoTime() - start;
        } while (elapsed < time.toNanos());
        return (double) elapsed / batches;
    }
}
