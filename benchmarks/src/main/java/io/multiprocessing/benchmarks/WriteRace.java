package io.multiprocessing.benchmarks;

import io.multiprocessing.Context;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.benchmarks.harness.Benchmark;
import io.multiprocessing.benchmarks.harness.Effort;
import io.multiprocessing.benchmarks.harness.Peer;
import java.time.Duration;
import java.util.List;

/**
 * Two processes write records to one place, one by one. Neither side has them on the disk before the next: that is left to
 * the kernel. A place that has not all of them in the end fails the row.
 *
 * <p>Both sides warm up for longer than in other rows: where two JVMs keep two cores busy, their compilers have little time.
 */
abstract class WriteRace implements Benchmark {
    static final int BATCH = 100;
    private static final int PROCESSES = 2;
    private static final int WARM_UP_TIMES = 3;

    private final int records;
    private final String kind;

    /**
     * @param records how many each process writes, with full effort
     * @param kind what the peer's script calls the place
     */
    WriteRace(int records, String kind) {
        this.records = records;
        this.kind = kind;
    }

    /** Where the records go; made anew in each round. */
    interface Place extends AutoCloseable {
        void clear() throws Exception;

        /** What each process does; it travels there. */
        Race.Racer writer();

        int count() throws Exception;

        @Override
        default void close() {}
    }

    abstract Place place(Context mp, BenchFolder folder) throws Exception;

    @Override
    public boolean isMoreBetter() {
        return true;
    }

    @Override
    public double ours(Effort effort) throws Exception {
        try (var folder = BenchFolder.create();
                var mp = Multiprocessing.open();
                var place = place(mp, folder)) {
            int batches = batches(effort);
            double seconds = Race.seconds(mp, effort, warmUp(effort), PROCESSES, batches, place::clear, place.writer());
            int total = PROCESSES * batches * BATCH;
            int found = place.count();
            if (found != total) {
                throw new IllegalStateException("there are " + found + " records, not " + total);
            }
            return total / seconds;
        }
    }

    @Override
    public Peer peer() {
        return new Peer.Script(
                "write_race.py", effort -> List.of(kind, warmUp(effort), batches(effort), effort.roundLimit()));
    }

    private int batches(Effort effort) {
        return effort.operations(records) / BATCH;
    }

    private static Duration warmUp(Effort effort) {
        return effort.warmUp().multipliedBy(WARM_UP_TIMES);
    }
}
