package io.multiprocessing.benchmarks;

import io.multiprocessing.Context;
import io.multiprocessing.Event;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import io.multiprocessing.Semaphore;
import io.multiprocessing.benchmarks.harness.Benchmark;
import io.multiprocessing.benchmarks.harness.Effort;
import io.multiprocessing.benchmarks.harness.Peer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;

/** Two processes with four threads each get values from one dict of a manager: how many calls it serves in a second. */
final class ManagerCalls implements Benchmark {
    private static final int PROCESSES = 2;
    private static final int THREADS = 4;
    private static final int CALLS = 20_000;

    @Override
    public String name() {
        return "manager-calls";
    }

    @Override
    public String description() {
        return "get from a manager's dict; 8 threads in 2 processes";
    }

    @Override
    public String unit() {
        return "calls/s";
    }

    @Override
    public boolean isMoreBetter() {
        return true;
    }

    @Override
    public double ours(Effort effort) throws Exception {
        try (var mp = Multiprocessing.open();
                var manager = mp.manager()) {
            int times = effort.operations(CALLS);
            ConcurrentMap<String, Integer> dict = manager.dict(Map.of("key", 42));
            var ready = mp.semaphore(0);
            var go = mp.event();
            var done = mp.semaphore(0);
            var workers = IntStream.range(0, PROCESSES)
                    .mapToObj(n -> worker(mp, ManagerCounter.warmUp(effort), dict, times, ready, go, done))
                    .toList();
            ManagerCounter.awaitAll(ready, effort.roundLimit(), "warmed up");
            long start = System.nanoTime();
            go.set();
            ManagerCounter.awaitAll(done, effort.roundLimit(), "called");
            long elapsed = System.nanoTime() - start;

            for (Process worker : workers) {
                if (!worker.join(effort.roundLimit())) {
                    throw new IllegalStateException("has called, but not ended: " + worker);
                }
            }
            return PROCESSES * THREADS * times / (elapsed / 1e9);
        }
    }

    @Override
    public Peer peer() {
        return new Peer.Script(
                "manager_calls.py",
                effort -> List.of(ManagerCounter.warmUp(effort), effort.operations(CALLS), effort.roundLimit()));
    }

    private static Process worker(
            Context mp,
            Duration warmUp,
            ConcurrentMap<String, Integer> dict,
            int times,
            Semaphore ready,
            Event go,
            Semaphore done) {
        return mp.process(() -> {
                    long end = System.nanoTime() + warmUp.toNanos();
                    inThreads(() -> {
                        while (System.nanoTime() < end) {
                            get(dict);
                        }
                    });
                    ready.release();
                    go.await();
                    inThreads(() -> {
                        for (int i = 0; i < times; i++) {
                            get(dict);
                        }
                    });
                    done.release();
                })
                .daemon()
                .start();
    }

    private static void inThreads(Runnable work) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(Thread.ofPlatform().start(work));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void get(ConcurrentMap<String, Integer> dict) {
        if (!Integer.valueOf(42).equals(dict.get("key"))) {
            throw new IllegalStateException("not what was put");
        }
    }
}
