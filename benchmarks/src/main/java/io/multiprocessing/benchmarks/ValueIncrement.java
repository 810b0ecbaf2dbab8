package io.multiprocessing.benchmarks;

import io.multiprocessing.IntValue;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.benchmarks.harness.Benchmark;
import io.multiprocessing.benchmarks.harness.Effort;
import io.multiprocessing.benchmarks.harness.Peer;
import io.multiprocessing.benchmarks.harness.TimeBox;
import java.util.List;

/**
 * A shared value that has a lock is incremented by the one process that uses it: take the lock, read, write, release.
 * Both sides do so for the same time, without a pause between two increments.
 */
final class ValueIncrement implements Benchmark {
    private static final int BATCH = 10_000;

    @Override
    public String name() {
        return "value-increment";
    }

    @Override
    public String description() {
        return "take a value's lock, read, write, release; one process";
    }

    @Override
    public String unit() {
        return "ns/op";
    }

    @Override
    public double ours(Effort effort) throws Exception {
        try (var mp = Multiprocessing.open()) {
            var value = mp.intValue(0);
            return TimeBox.nanosPerOperation(effort, BATCH, () -> increment(value, BATCH));
        }
    }

    @Override
    public Peer peer() {
        return new Peer.Script("value_increment.py", effort -> List.of(effort.warmUp(), effort.measure()));
    }

    static void increment(IntValue value, int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            try (var _ = value.lock().hold()) {
                value.set(value.get() + 1);
            }
        }
    }
}
