package io.multiprocessing.benchmarks;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.benchmarks.harness.Benchmark;
import io.multiprocessing.benchmarks.harness.Effort;
import io.multiprocessing.benchmarks.harness.Peer;
import java.util.Arrays;
import java.util.List;

/**
 * A process that does nothing is started and joined, now and then: a JVM is on stand-by for it. The median of a few. The
 * peer starts its processes by {@code forkserver}, and has started some before.
 */
final class ProcessStart implements Benchmark {
    private static final int STARTS = 9;

    @Override
    public String name() {
        return "process-start";
    }

    @Override
    public String description() {
        return "start and join a process that does nothing, prepared";
    }

    @Override
    public String unit() {
        return "ms";
    }

    @Override
    public double ours(Effort effort) throws Exception {
        System.setProperty("multiprocessing.aot", System.getProperty("multiprocessing.aot", "now"));
        try (var mp = Multiprocessing.open("local:?standby=2")) {
            for (int i = 0; i < STARTS; i++) {
                StartAndJoin.millis(mp, effort.roundLimit());
            }
            double[] millis = new double[STARTS];
            for (int i = 0; i < STARTS; i++) {
                OnStandBy.await(mp, 2, effort.roundLimit());
                millis[i] = StartAndJoin.millis(mp, effort.roundLimit());
            }
            Arrays.sort(millis);
            return millis[STARTS / 2];
        }
    }

    @Override
    public Peer peer() {
        return new Peer.Script("process_start.py", effort -> List.of("forkserver", "median", STARTS));
    }
}
