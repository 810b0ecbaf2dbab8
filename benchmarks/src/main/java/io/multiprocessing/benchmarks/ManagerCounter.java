package io.multiprocessing.benchmarks;

import io.multiprocessing.Context;
import io.multiprocessing.Event;
import io.multiprocessing.Lock;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import io.multiprocessing.Semaphore;
import io.multiprocessing.Value;
import io.multiprocessing.benchmarks.harness.Benchmark;
import io.multiprocessing.benchmarks.harness.Effort;
import io.multiprocessing.benchmarks.harness.Peer;
import io.multiprocessing.benchmarks.harness.TimeBox;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Two processes each take a lock of a manager and add 1 to a value of it: four calls for each addition, and half of the
 * time the other one has the lock. A total that is not exact fails the row.
 */
final class ManagerCounter implements Benchmark {
    private static final int PROCESSES = 2;
    private static final int ADDITIONS = 20_000;
    private static final int BATCH = 100;
    private static final int WARM_UPS = 5;

    @Override
    public String name() {
        return "manager-counter";
    }

    @Override
    public String description() {
        return "take a manager's lock, add 1 to its value, release; 2 processes";
    }

    @Override
    public String unit() {
        return "ns/op";
    }

    @Override
    public double ours(Effort effort) throws Exception {
        try (var mp = Multiprocessing.open();
                var manager = mp.manager()) {
            int times = effort.operations(ADDITIONS);
            var value = manager.value('i', 0);
            var lock = manager.lock();
            var ready = mp.semaphore(0);
            var go = mp.event();
            var done = mp.semaphore(0);
            var workers = IntStream.range(0, PROCESSES)
                    .mapToObj(n -> worker(mp, warmUp(effort), value, lock, times, ready, go, done))
                    .toList();
            awaitAll(ready, effort.roundLimit(), "warmed up");
            value.set(0);
            long start = System.nanoTime();
            go.set();
            awaitAll(done, effort.roundLimit(), "counted");
            long elapsed = System.nanoTime() - start;

            for (Process worker : workers) {
                if (!worker.join(effort.roundLimit())) {
                    throw new IllegalStateException("has counted, but not ended: " + worker);
                }
            }
            int total = PROCESSES * times;
            if ((Integer) value.get() != total) {
                throw new IllegalStateException("the total is " + value.get() + ", not " + total);
            }
            return (double) elapsed / total;
        }
    }

    @Override
    public Peer peer() {
        return new Peer.Script(
                "manager_counter.py",
                effort -> List.of(warmUp(effort), effort.operations(ADDITIONS), effort.roundLimit()));
    }

    private static Process worker(
            Context mp,
            Duration warmUp,
            Value<Object> value,
            Lock lock,
            int times,
            Semaphore ready,
            Event go,
            Semaphore done) {
        return mp.process(() -> {
                    TimeBox.nanosPerBatch(warmUp, () -> add(value, lock, BATCH));
                    ready.release();
                    go.await();
                    add(value, lock, times);
                    done.release();
                })
                .daemon()
                .start();
    }

    private static void add(Value<Object> value, Lock lock, int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            try (var _ = lock.hold()) {
                value.set((Integer) value.get() + 1);
            }
        }
    }

    /**
     * How long both sides warm up: as long as three JVMs take that compile the same at the same time, on two processors and while they
     * call. The peer is given no less, though it compiles nothing.
     */
    static Duration warmUp(Effort effort) {
        return effort.warmUp().multipliedBy(WARM_UPS);
    }

    static void awaitAll(Semaphore semaphore, Duration limit, String what) throws InterruptedException {
        for (int i = 0; i < PROCESSES; i++) {
            if (!semaphore.acquire(limit)) {
                throw new IllegalStateException(
                        "only " + i + " of " + PROCESSES + " processes have " + what + " within " + limit);
            }
        }
    }
}
