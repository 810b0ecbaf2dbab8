package io.multiprocessing.benchmarks;

import io.multiprocessing.Context;
import io.multiprocessing.Pool;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

/** A pool of 2 that maps 10 inputs, from before its start to after its close. */
final class StartMapClose {
    static final int WORKERS = 2;
    private static final List<Integer> INPUTS = IntStream.range(0, 10).boxed().toList();

    private StartMapClose() {}

    static double millis(Context mp) throws InterruptedException, ExecutionException {
        long start = System.nanoTime();
        try (Pool pool = mp.pool(WORKERS)) {
            if (pool.map(n -> n + 1, INPUTS).getLast() != INPUTS.size()) {
                throw new IllegalStateException("the map is wrong");
            }
        }
        return (System.nanoTime() - start) / 1e6;
    }
}
