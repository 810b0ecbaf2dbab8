package io.multiprocessing.benchmarks;

import io.multiprocessing.benchmarks.harness.Benchmark;
import java.util.List;
import java.util.NoSuchElementException;

/** The rows of {@code mp bench}, in the order in which they are shown. */
public final class Rows {
    private static final List<Benchmark> ALL = List.of(
            new ValueIncrement(),
            new ValueIncrementContended(),
            new ShareableListUpdate(),
            new QueueInt(),
            new QueueRing(),
            new QueueMpmc(),
            new QueueRecord(),
            new QueueArray(),
            new PipeRoundtrip(),
            new PipeBulk(),
            new LockHandoffAfterKill(),
            new ManagerGet(),
            new ManagerCounter(),
            new ManagerCalls(),
            new ProcessStartCold(),
            new ProcessStart(),
            new ProcessStartSustained(),
            new FileAppend(),
            new SqliteInsert(),
            new DurableQueueRow(),
            new DurableDictGet(),
            new PoolMapChunk1(),
            new PoolMap(),
            new PoolPrimes(),
            new PoolStart(),
            new PoolStartCold(),
            new PoolKill());

    private Rows() {}

    public static List<Benchmark> all() {
        return ALL;
    }

    /**
     * The rows of the given names, in their order and each once; all of them if no name is given.
     *
     * @throws NoSuchElementException if there is no row of a name; the message lists those that there are
     */
    public static List<Benchmark> named(List<String> names) {
        if (names.isEmpty()) {
            return ALL;
        }
        return names.stream().distinct().map(Rows::named).toList();
    }

    private static Benchmark named(String name) {
        return ALL.stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException(
                        "no row \"" + name + "\"; there are: " + String.join(", ", names())));
    }

    private static List<String> names() {
        return ALL.stream().map(Benchmark::name).toList();
    }
}
