package io.multiprocessing.benchmarks;

import io.multiprocessing.benchmarks.harness.Benchmark;
import io.multiprocessing.benchmarks.harness.Effort;
import io.multiprocessing.benchmarks.harness.Peer;

/**
 * What {@link QueueInt} does, by two producers and two consumers at once. Both sides' queues are bounded: CPython's producers would
 * otherwise be so far ahead that most of the time would go by until its consumers have come after them.
 */
final class QueueMpmc implements Benchmark {
    private static final int PAIRS = 2;
    private static final int MAX_SIZE = 10_000;

    @Override
    public String name() {
        return "queue-mpmc";
    }

    @Override
    public String description() {
        return "the same, 2 producers, 2 consumers, at most 10,000 in the queue";
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
        return QueueInt.pass(effort, PAIRS, MAX_SIZE);
    }

    @Override
    public Peer peer() {
        return QueueInt.script(PAIRS, MAX_SIZE);
    }
}
