package io.multiprocessing.benchmarks;

import io.multiprocessing.Barrier;
import io.multiprocessing.Context;
import io.multiprocessing.Event;
import io.multiprocessing.IntValue;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import io.multiprocessing.Semaphore;
import io.multiprocessing.benchmarks.harness.Benchmark;
import io.multiprocessing.benchmarks.harness.Effort;
import io.multiprocessing.benchmarks.harness.Peer;
import io.multiprocessing.benchmarks.harness.TimeBox;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Two processes increment one shared value under its lock, as {@link ValueIncrement} does, the same number of times
 * each. They warm up against each other on that value, which then begins at 0 again, and start together; the time from
 * the start to the end of the last one is divided by the increments of both. A total that is not exact fails the row.
 */
final class ValueIncrementContended implements Benchmark {
    private static final int PROCESSES = 2;
    private static final int INCREMENTS = 500_000;
    private static final int BATCH = 1_000;

    /** What the processes meet at: before warming up, before the start, and at the end. */
    private record Course(Barrier warmUp, Semaphore ready, Event go, Semaphore done) {
        static Course in(Context mp) {
            return new Course(mp.barrier(PROCESSES), mp.semaphore(0), mp.event(), mp.semaphore(0));
        }
    }

    @Override
    public String name() {
        return "value-increment-contended";
    }

    @Override
    public String description() {
        return "the same by 2 processes at once";
    }

    @Override
    public String unit() {
        return "ns/op";
    }

    @Override
    public double ours(Effort effort) throws Exception {
        try (var mp = Multiprocessing.open()) {
            int times = effort.operations(INCREMENTS);
            var value = mp.intValue(0);
            var course = Course.in(mp);
            var workers = IntStream.range(0, PROCESSES)
                    .mapToObj(n -> worker(mp, course, effort.warmUp(), value, times))
                    .toList();
            awaitAll(course.ready(), effort.roundLimit(), "warmed up");
            value.set(0);
            long start = System.nanoTime();
            course.go().set();
            awaitAll(course.done(), effort.roundLimit(), "counted");
            long elapsed = System.nanoTime() - start;

            for (Process worker : workers) {
                if (!worker.join(effort.roundLimit())) {
                    throw new IllegalStateException("has counted, but not ended: " + worker);
                }
            }
            int total = PROCESSES * times;
            if (value.get() != total) {
                throw new IllegalStateException("the total is " + value.get() + ", not " + total);
            }
            return (double) elapsed / total;
        }
    }

    @Override
    public Peer peer() {
        return new Peer.Script(
                "value_increment_contended.py",
                effort -> List.of(effort.warmUp(), effort.operations(INCREMENTS), effort.roundLimit()));
    }

    private static Process worker(Context mp, Course course, Duration warmUp, IntValue value, int times) {
        // One by one: what a task captures has to be sendable, and the record is not.
        var together = course.warmUp();
        var ready = course.ready();
        var go = course.go();
        var done = course.done();
        return mp.process(() -> {
                    together.await();
                    TimeBox.nanosPerBatch(warmUp, () -> ValueIncrement.increment(value, BATCH));
                    ready.release();
                    go.await();
                    for (int left = times; left > 0; left -= BATCH) {
                        ValueIncrement.increment(value, Math.min(left, BATCH));
                    }
                    done.release();
                })
                .daemon()
                .start();
    }

    private static void awaitAll(Semaphore semaphore, Duration limit, String what) throws InterruptedException {
        for (int i = 0; i < PROCESSES; i++) {
            if (!semaphore.acquire(limit)) {
                throw new IllegalStateException(
                        "only " + i + " of " + PROCESSES + " processes have " + what + " within " + limit);
            }
        }
    }
}
