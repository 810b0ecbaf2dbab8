package io.multiprocessing.benchmarks;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.benchmarks.harness.Benchmark;
import io.multiprocessing.benchmarks.harness.Effort;
import io.multiprocessing.benchmarks.harness.Peer;
import java.util.List;

/**
 * A pool of 2 is started, maps 10 inputs, and is closed, now and then: JVMs are on stand-by for its workers, as they come to
 * be in a context in which processes come and go. The median of a few. The peer starts its processes by {@code spawn}.
 */
final class PoolStart implements Benchmark {
    /** In the first two pools it finds too few on stand-by, and learns how many are wanted. */
    private static final int BEFORE = 2;

    @Override
    public String name() {
        return "pool-start";
    }

    @Override
    public String description() {
        return "start a pool of 2, map 10 inputs, close it, prepared";
    }

    @Override
    public String unit() {
        return "ms";
    }

    @Override
    public double ours(Effort effort) throws Exception {
        System.setProperty("multiprocessing.aot", System.getProperty("multiprocessing.aot", "now"));
        try (var mp = Multiprocessing.open("local:?standby=" + StartMapClose.WORKERS)) {
            return StartMapClose.medianMillis(
                    mp, BEFORE, () -> OnStandBy.await(mp, StartMapClose.WORKERS, effort.roundLimit()));
        }
    }

    @Override
    public Peer peer() {
        return new Peer.Script("pool_start.py", effort -> List.of(StartMapClose.STARTS));
    }
}
