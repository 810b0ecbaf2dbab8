package io.multiprocessing.benchmarks;

import io.multiprocessing.benchmarks.harness.Benchmark;
import io.multiprocessing.benchmarks.harness.Effort;
import io.multiprocessing.benchmarks.harness.Peer;
import java.util.List;

/** Small integers, boxed as every message of a queue, one at a time from a producer to a consumer: {@link QueueTraffic}. */
final class QueueInt implements Benchmark {
    private static final int NUMBERS = 100;
    private static final int UNBOUNDED = 0;

    @Override
    public String name() {
        return "queue-int";
    }

    @Override
    public String description() {
        return "small ints through a queue, 1 producer, 1 consumer";
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
        return pass(effort, 1, UNBOUNDED);
    }

    @Override
    public Peer peer() {
        return script(1, UNBOUNDED);
    }

    static double pass(Effort effort, int pairs, int maxSize) throws Exception {
        return new QueueTraffic(pairs, maxSize)
                .<Integer>oneByOne(effort, number -> number < 0 ? -1 : (int) (number % NUMBERS), number -> number < 0);
    }

    static Peer script(int pairs, int maxSize) {
        return new Peer.Script(
                "queue_traffic.py", effort -> List.of("int", pairs, maxSize, effort.warmUp(), effort.measure()));
    }
}
