package io.multiprocessing.benchmarks;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.benchmarks.harness.Benchmark;
import io.multiprocessing.benchmarks.harness.Effort;
import io.multiprocessing.benchmarks.harness.Peer;
import java.util.List;

/**
 * A pool of 2 is started, maps 10 inputs, and is closed; nothing of it was prepared. The median of a few in a row, after a
 * first one that does not count. The peer starts its processes by {@code spawn}.
 */
final class PoolStartCold implements Benchmark {
    @Override
    public String name() {
        return "pool-start-cold";
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
        try (var mp = Multiprocessing.open("local:?standby=0")) {
            return StartMapClose.medianMillis(mp, 1, () -> {});
        }
    }

    @Override
    public Peer peer() {
        return new Peer.Script("pool_start.py", effort -> List.of(StartMapClose.STARTS));
    }
}
