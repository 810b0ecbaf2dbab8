package io.multiprocessing.benchmarks;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Pool;
import io.multiprocessing.benchmarks.harness.Benchmark;
import io.multiprocessing.benchmarks.harness.Effort;
import io.multiprocessing.benchmarks.harness.Peer;
import io.multiprocessing.benchmarks.harness.TimeBox;
import java.util.List;
import java.util.stream.IntStream;

/** A pool of 2 maps a function that does next to nothing over integers, each a task of its own. */
final class PoolMapChunk1 implements Benchmark {
    private static final int WORKERS = 2;
    private static final int INPUTS = 5_000;

    @Override
    public String name() {
        return "pool-map-chunk1";
    }

    @Override
    public String description() {
        return "pool of 2, map of a trivial function, chunks of 1";
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
                        if (pool.map(n -> n + 1, inputs, 1).get(INPUTS - 1) != INPUTS) {
                            throw new IllegalStateException("the map is wrong");
                        }
                    });
        }
    }

    @Override
    public Peer peer() {
        return new Peer.Script("pool_map.py", effort -> List.of(INPUTS, 1, effort.warmUp(), effort.measure()));
    }
}
