package io.multiprocessing.benchmarks;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.benchmarks.harness.Benchmark;
import io.multiprocessing.benchmarks.harness.Effort;
import io.multiprocessing.benchmarks.harness.Peer;
import io.multiprocessing.benchmarks.harness.TimeBox;
import java.util.List;
import java.util.Map;

/** One client gets a small value from a dict of a manager: a call to another process and back. */
final class ManagerGet implements Benchmark {
    private static final int BATCH = 1_000;

    @Override
    public String name() {
        return "manager-get";
    }

    @Override
    public String description() {
        return "get a number from a manager's dict; one client";
    }

    @Override
    public String unit() {
        return "ns/op";
    }

    @Override
    public double ours(Effort effort) throws Exception {
        try (var mp = Multiprocessing.open();
                var manager = mp.manager()) {
            var dict = manager.dict(Map.of("key", 42));
            return TimeBox.nanosPerOperation(effort, BATCH, () -> {
                for (int i = 0; i < BATCH; i++) {
                    if (!Integer.valueOf(42).equals(dict.get("key"))) {
                        throw new IllegalStateException("not what was put: " + dict);
                    }
                }
            });
        }
    }

    @Override
    public Peer peer() {
        return new Peer.Script("manager_get.py", effort -> List.of(effort.warmUp(), effort.measure()));
    }
}
