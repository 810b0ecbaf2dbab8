package io.multiprocessing.benchmarks;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Pool;
import io.multiprocessing.benchmarks.harness.Benchmark;
import io.multiprocessing.benchmarks.harness.Effort;
import io.multiprocessing.benchmarks.harness.Peer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A pool of 2 is started, maps 10 inputs, and is closed; nothing of it was prepared. The median of a few in a row, after a
 * first one that does not count. The peer starts its processes by {@code spawn}.
 */
final class PoolStart implements Benchmark {
    private static final int WORKERS = 2;
    private static final int STARTS = 5;

    @Override
    public String name() {
        return "pool-start";
    }

    @Override
    public String description() {
        return "start a pool of 2, map 10 inputs, close it";
    }

    @Override
    public String unit() {
        return "ms";
    }

    @Override
    public double ours(Effort effort) throws Exception {
        // As on any but the first run of a program: the cache of prepared classes is there.
        System.setProperty("multiprocessing.aot", System.getProperty("multiprocessing.aot", "now"));
        List<Integer> inputs = IntStream.range(0, 10).boxed().toList();
        try (var mp = Multiprocessing.open()) {
            double[] millis = new double[STARTS];
            for (int i = -1; i < STARTS; i++) {
                long start = System.nanoTime();
                try (Pool pool = mp.pool(WORKERS)) {
                    if (pool.map(n -> n + 1, inputs).getLast() != 10) {
                        throw new IllegalStateException("the map is wrong");
                    }
                }
                millis[Math.max(i, 0)] = (System.nanoTime() - start) / 1e6;
            }
            Arrays.sort(millis);
            return millis[STARTS / 2];
        }
    }

    @Override
    public Peer peer() {
        return new Peer.Script("pool_start.py", effort -> List.of(STARTS));
    }
}
