package io.multiprocessing.benchmarks;

import io.multiprocessing.benchmarks.harness.Benchmark;
import io.multiprocessing.benchmarks.harness.Effort;
import io.multiprocessing.benchmarks.harness.Peer;

/** What {@link QueueInt} does, by two producers and two consumers at once. */
final class QueueMpmc implements Benchmark {
    private static final int PAIRS = 2;

    @Override
    public String name() {
        return "queue-mpmc";
    }

    @Override
    public String description() {
        return "the same, 2 producers, 2 consumers";
    }

    @Override
    public String unit() {
        return "msg/s";
    }

    @Override
    public boolean isMoreBetter() {
        return true;
    }

    @Override
    public double ours(Effort effort) throws Exception {
        return QueueInt.pass(effort, PAIRS);
    }

    @Override
    public Peer peer() {
        return QueueInt.script(PAIRS);
    }
}
