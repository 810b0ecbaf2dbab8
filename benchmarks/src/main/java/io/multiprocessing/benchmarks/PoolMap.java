package io.multiprocessing.benchmarks;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Pool;
import io.multiprocessing.benchmarks.harness.Benchmark;
import io.multiprocessing.benchmarks.harness.Effort;
import io.multiprocessing.benchmarks.harness.Peer;
import io.multiprocessing.benchmarks.harness.TimeBox;
import java.util.List;
import java.util.stream.IntStream;

/** As {@link PoolMapChunk1}, with chunks of the size that the pool takes of itself: 8 for 2 workers. */
final class PoolMap implements Benchmark {
    private static final int WORKERS = 2;
    private static final int INPUTS = 200_000;

    @Override
    public String name() {
        return "pool-map";
    }

    @Override
    public String description() {
        return "pool of 2, map of a trivial function, automatic chunks";
    }

    @Override
    public String unit() {
        return "tasks/s";
    }

    @Override
    public boolean isMoreBetter() {
        return true;
    }

    @Override
    public double ours(Effort effort) throws Exception {
        List<Integer> inputs = IntStream.range(0, INPUTS).boxed().toList();
        try (var mp = Multiprocessing.open();
                Pool pool = mp.pool(WORKERS)) {
            return 1e9
                    / TimeBox.nanosPerOperation(effort, INPUTS, () -> {
                        if (pool.map(n -> n + 1, inputs).get(INPUTS - 1) != INPUTS) {
                            throw new IllegalStateException("the map is wrong");
                        }
                    });
        }
    }

    @Override
    public Peer peer() {
        return new Peer.Script("pool_map.py", effort -> List.of(INPUTS, 0, effort.warmUp(), effort.measure()));
    }
}
