package io.multiprocessing.benchmarks;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.benchmarks.harness.Benchmark;
import io.multiprocessing.benchmarks.harness.Effort;
import io.multiprocessing.benchmarks.harness.Peer;
import java.util.Arrays;
import java.util.List;

/**
 * Two processes append records of 100 bytes to one file, each under its lock. Neither side has its records on the disk
 * before the next: that is left to the kernel. A file that has not all of them fails the row.
 */
final class FileAppend implements Benchmark {
    private static final int PROCESSES = 2;
    private static final int APPENDS = 40_000;
    private static final int BATCH = 100;
    private static final int BYTES = 100;

    @Override
    public String name() {
        return "file-append";
    }

    @Override
    public String description() {
        return "2 processes append records of 100 bytes to a file, under a lock";
    }

    @Override
    public String unit() {
        return "appends/s";
    }

    @Override
    public boolean isMoreBetter() {
        return true;
    }

    @Override
    public double ours(Effort effort) throws Exception {
        try (var folder = BenchFolder.create();
                var mp = Multiprocessing.open()) {
            var file = mp.sharedFile(folder.file("records"));
            int batches = effort.operations(APPENDS) / BATCH;
            double seconds = Race.seconds(mp, effort, PROCESSES, batches, () -> file.replace(new byte[0]), () -> {
                byte[] bytes = new byte[BYTES];
                Arrays.fill(bytes, (byte) 'x');
                bytes[BYTES - 1] = '\n';
                return () -> {
                    for (int i = 0; i < BATCH; i++) {
                        file.append(bytes);
                    }
                };
            });
            int total = PROCESSES * batches * BATCH;
            int found = file.lines().size();
            if (found != total) {
                throw new IllegalStateException("the file has " + found + " records, not " + total);
            }
            return total / seconds;
        }
    }

    @Override
    public Peer peer() {
        return new Peer.Script(
                "file_append.py",
                effort -> List.of(effort.warmUp(), effort.operations(APPENDS) / BATCH, effort.roundLimit()));
    }
}
