package io.multiprocessing.benchmarks;

import io.multiprocessing.Barrier;
import io.multiprocessing.Context;
import io.multiprocessing.Event;
import io.multiprocessing.Process;
import io.multiprocessing.Semaphore;
import io.multiprocessing.Task;
import io.multiprocessing.benchmarks.harness.Effort;
import java.time.Duration;
import java.util.List;

/** Pairs of processes that warm up against each other, are measured together, and end. */
final class Course {
    private final Context mp;
    private final int processes;
    private final Barrier warmUp;
    private final Semaphore ready;
    private final Event go;
    private final Semaphore done;

    Course(Context mp, int pairs) {
        this.mp = mp;
        this.processes = 2 * pairs;
        this.warmUp = mp.barrier(processes);
        this.ready = mp.semaphore(0);
        this.go = mp.event();
        this.done = mp.semaphore(0);
    }

    /**
     * How long the pairs warm up: the usual time for each process, for all of them compile the same at the same time, which takes as
     * much of the processors as they are many. Another library is given no less. CPython compiles nothing, and the longer it warms
     * up, the longer a consumer that is behind has to catch up: so it has the usual time.
     */
    static Duration warmUp(Effort effort, int pairs) {
        return effort.warmUp().multipliedBy(2L * pairs);
    }

    /** Starts one of the processes, with options for its JVM. */
    Process start(Task warmingUp, Task measured, String... jvmOptions) {
        // One by one: what a task captures has to be sendable, and this object is not.
        var together = warmUp;
        var hasWarmedUp = ready;
        var started = go;
        var hasDone = done;
        return mp.process(() -> {
                    together.await();
                    warmingUp.run();
                    hasWarmedUp.release();
                    started.await();
                    measured.run();
                    hasDone.release();
                })
                .jvmOptions(jvmOptions)
                .daemon()
                .start();
    }

    /** The nanoseconds from the common start until the last one has done its work. */
    long run(Effort effort) throws InterruptedException {
        awaitAll(ready, effort, "warmed up");
        long start = System.nanoTime();
        go.set();
        awaitAll(done, effort, "done its work");
        return System.nanoTime() - start;
    }

    void end(List<Process> all, Effort effort) throws InterruptedException {
        for (Process process : all) {
            if (!process.join(effort.roundLimit())) {
                throw new IllegalStateException("has done its work, but not ended: " + process);
            }
        }
    }

    private void awaitAll(Semaphore semaphore, Effort effort, String what) throws InterruptedException {
        for (int i = 0; i < processes; i++) {
            if (!semaphore.acquire(effort.roundLimit())) {
                throw new IllegalStateException("only " + i + " of " + processes + " processes have " + what
                        + " within " + effort.roundLimit());
            }
        }
    }
}
