package io.multiprocessing.testkit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Two threads that begin together. */
final class TwoThreads {
    private TwoThreads() {}

    /** Runs the same in both. */
    static void run(Work work) throws InterruptedException {
        run(work, work);
    }

    /** Runs one in each, and throws what they throw. */
    static void run(Work first, Work second) throws InterruptedException {
        CyclicBarrier start = new CyclicBarrier(2);
        List<Future<?>> ends = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (Work work : List.of(first, second)) {
                ends.add(threads.submit(() -> {
                    start.await();
                    work.run();
                    return null;
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        } catch (ExecutionException failed) {
            throw new AssertionError("one of two threads failed", failed.getCause());
        }
    }

    /** Runs something many times in both. */
    static void repeat(int times, Work work) throws InterruptedException {
        run(() -> {
            for (int i = 0; i < times; i++) {
                work.run();
            }
        });
    }

    interface Work {
        void run() throws Exception;
    }
}
