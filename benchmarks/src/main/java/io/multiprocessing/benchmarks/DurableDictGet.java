package io.multiprocessing.benchmarks;

import io.multiprocessing.benchmarks.harness.Benchmark;
import io.multiprocessing.benchmarks.harness.Effort;
import io.multiprocessing.benchmarks.harness.Peer;
import io.multiprocessing.benchmarks.harness.TimeBox;
import io.multiprocessing.sqlite.SharedDatabase;
import java.util.List;

/**
 * Values are read from a durable dict of 1,000 entries, one by one, in one process. The peer selects from the same table of a
 * database with a write-ahead log, by Python's {@code sqlite3}, which keeps its statement prepared as we do.
 */
final class DurableDictGet implements Benchmark {
    private static final int ENTRIES = 1_000;

    @Override
    public String name() {
        return "durable-dict";
    }

    @Override
    public String description() {
        return "get from a dict of 1,000 entries in SQLite";
    }

    @Override
    public String unit() {
        return "gets/s";
    }

    @Override
    public boolean isMoreBetter() {
        return true;
    }

    @Override
    public double ours(Effort effort) throws Exception {
        try (var folder = BenchFolder.create();
                var database = SharedDatabase.open(folder.file("dict.db"))) {
            var dict = database.durableDict("numbers", String.class, Integer.class);
            String[] keys = new String[ENTRIES];
            for (int i = 0; i < ENTRIES; i++) {
                keys[i] = "key-" + i;
                dict.put(keys[i], i);
            }
            double nanos = TimeBox.nanosPerOperation(effort, ENTRIES, () -> {
                for (int i = 0; i < ENTRIES; i++) {
                    Integer value = dict.get(keys[i]);
                    if (value == null || value != i) {
                        throw new IllegalStateException(keys[i] + " is " + value);
                    }
                }
            });
            return 1e9 / nanos;
        }
    }

    @Override
    public Peer peer() {
        return new Peer.Script("durable_dict.py", effort -> List.of(effort.warmUp(), effort.measure()));
    }
}
