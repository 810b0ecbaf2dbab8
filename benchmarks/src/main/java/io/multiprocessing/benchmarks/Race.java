package io.multiprocessing.benchmarks;

import io.multiprocessing.Context;
import io.multiprocessing.Process;
import io.multiprocessing.Semaphore;
import io.multiprocessing.benchmarks.harness.Effort;
import io.multiprocessing.benchmarks.harness.TimeBox;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Processes that do the same at once. They prepare, warm up against each other, and start together; what is measured is the
 * time from the start to the end of the last one.
 */
final class Race {
    private Race() {}

    /** What a process does: prepares, and gives what does some operations each time it is run. */
    @FunctionalInterface
    interface Racer extends Serializable {
        TimeBox.Batch prepare() throws Exception;
    }

    /** What is done between warming up and the start, when nobody runs. */
    @FunctionalInterface
    interface Between {
        void run() throws Exception;
    }

    /**
     * Runs the race.
     *
     * @param warmUp for how long they warm up
     * @param batches how many each does
     * @return the seconds that it took
     */
    static double seconds(
            Context mp, Effort effort, Duration warmUp, int processes, int batches, Between between, Racer racer)
            throws Exception {
        var together = mp.barrier(processes);
        var ready = mp.semaphore(0);
        var go = mp.event();
        var done = mp.semaphore(0);
        List<Process> all = new ArrayList<>();
        for (int i = 0; i < processes; i++) {
            all.add(mp.process(() -> {
                        TimeBox.Batch batch = racer.prepare();
                        together.await();
                        TimeBox.nanosPerBatch(warmUp, batch);
                        ready.release();
                        go.await();
                        for (int n = 0; n < batches; n++) {
                            batch.run();
                        }
                        done.release();
                    })
                    .daemon()
                    .start());
        }
        awaitAll(ready, processes, effort.roundLimit(), "warmed up");
        between.run();
        long start = System.nanoTime();
        go.set();
        awaitAll(done, processes, effort.roundLimit(), "come to the end");
        double seconds = (System.nanoTime() - start) / 1e9;
        for (Process process : all) {
            if (!process.join(effort.roundLimit())) {
                throw new IllegalStateException("has not ended: " + process);
            }
        }
        return seconds;
    }

    static void awaitAll(Semaphore semaphore, int processes, Duration limit, String what) throws InterruptedException {
        for (int i = 0; i < processes; i++) {
            if (!semaphore.acquire(limit)) {
                throw new IllegalStateException(
                        "only " + i + " of " + processes + " processes have " + what + " within " + limit);
            }
        }
    }
}
