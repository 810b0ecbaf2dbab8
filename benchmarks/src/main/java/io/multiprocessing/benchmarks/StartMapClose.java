package io.multiprocessing.benchmarks;

import io.multiprocessing.Context;
import io.multiprocessing.Pool;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

/** A pool of 2 that maps 10 inputs, from before its start to after its close. */
final class StartMapClose {
    static final int WORKERS = 2;
    static final int STARTS = 5;
    private static final List<Integer> INPUTS = IntStream.range(0, 10).boxed().toList();

    private StartMapClose() {}

    /** What is done before each start, and does not count. */
    @FunctionalInterface
    interface Preparation {
        void run() throws InterruptedException;
    }

    /** The median of a few, which are counted after some that are not. */
    static double medianMillis(Context mp, int uncounted, Preparation preparation)
            throws InterruptedException, ExecutionException {
        for (int i = 0; i < uncounted; i++) {
            millis(mp);
        }
        double[] millis = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            preparation.run();
            millis[i] = millis(mp);
        }
        Arrays.sort(millis);
        return millis[STARTS / 2];
    }

    private static double millis(Context mp) throws InterruptedException, ExecutionException {
        long start = System.nanoTime();
        try (Pool pool = mp.pool(WORKERS)) {
            if (pool.map(n -> n + 1, INPUTS).getLast() != INPUTS.size()) {
                throw new IllegalStateException("the map is wrong");
            }
        }
        return (System.nanoTime() - start) / 1e6;
    }
}
