package io.multiprocessing.benchmarks;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.benchmarks.harness.Benchmark;
import io.multiprocessing.benchmarks.harness.Effort;
import io.multiprocessing.benchmarks.harness.Peer;
import java.util.List;

/**
 * Fifty processes that do nothing, each started when the last one was joined: more than JVMs come on stand-by meanwhile.
 * The mean. The peer starts its processes by {@code forkserver}, which makes each when it is asked for it.
 */
final class ProcessStartSustained implements Benchmark {
    private static final int STARTS = 50;

    @Override
    public String name() {
        return "process-start-sustained";
    }

    @Override
    public String description() {
        return "the same, 50 times in a row";
    }

    @Override
    public String unit() {
        return "ms";
    }

    @Override
    public double ours(Effort effort) throws Exception {
        System.setProperty("multiprocessing.aot", System.getProperty("multiprocessing.aot", "now"));
        try (var mp = Multiprocessing.open()) {
            StartAndJoin.millis(mp, effort.roundLimit());
            double sum = 0;
            for (int i = 0; i < STARTS; i++) {
                sum += StartAndJoin.millis(mp, effort.roundLimit());
            }
            return sum / STARTS;
        }
    }

    @Override
    public Peer peer() {
        return new Peer.Script("process_start.py", effort -> List.of("forkserver", "mean", STARTS));
    }
}
