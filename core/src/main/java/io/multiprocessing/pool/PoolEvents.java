package io.multiprocessing.pool;

import io.multiprocessing.PoolOptions;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/**
 * What the process that has a pool writes into its flight recording, if there is one. The module {@code jdk.jfr} may be
 * missing, and is not touched before a recording could be. Workers write nothing: all that is to be known is in their reports.
 */
final class PoolEvents {
    private static final boolean IS_THERE =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private PoolEvents() {}

    private static boolean areWanted() {
        return IS_THERE && FlightRecorder.isInitialized();
    }

    static void workerReady(Workplace place, PoolOptions options, long startUpNanos) {
        if (areWanted()) {
            var event = new WorkerReady();
            event.pool = options.workerName();
            event.worker = place.number;
            event.pid = place.pid;
            event.startUp = startUpNanos;
            event.commit();
        }
    }

    static void workerEnd(Workplace place, PoolOptions options, int exitCode) {
        if (areWanted()) {
            var event = new WorkerEnd();
            event.pool = options.workerName();
            event.worker = place.number;
            event.pid = place.pid;
            event.exitCode = exitCode;
            event.commit();
        }
    }

    static void tasks(Workplace place, PoolOptions options, Chunk chunk, Report report) {
        if (areWanted()) {
            var event = new Tasks();
            if (!event.shouldCommit()) {
                return;
            }
            event.pool = options.workerName();
            event.worker = place.number;
            event.pid = place.pid;
            event.first = chunk.describe(report.from());
            event.count = report.to() - report.from();
            event.worked = report.workedNanos();
            event.waited = report.waitedNanos();
            event.slowest = report.slowestNanos();
            event.commit();
        }
    }

    /** What they have in common. */
    @Category({"Multiprocessing", "Pool"})
    @StackTrace(false)
    abstract static class OfWorker extends Event {
        @Label("Pool")
        @Description("How its workers are called")
        String pool = "";

        @Label("Worker")
        int worker;

        @Label("Pid")
        long pid;
    }

    @Name("io.multiprocessing.PoolWorkerReady")
    @Label("Worker Ready")
    static final class WorkerReady extends OfWorker {
        @Label("Start-Up")
        @Description("From the start of the process until it could take a task")
        @Timespan
        long startUp;
    }

    @Name("io.multiprocessing.PoolWorkerEnd")
    @Label("Worker End")
    static final class WorkerEnd extends OfWorker {
        @Label("Exit Code")
        @Description("Less than zero: by this signal")
        int exitCode;
    }

    @Name("io.multiprocessing.PoolTasks")
    @Label("Tasks Done")
    @Description("A task, or inputs of a map whose results came together")
    static final class Tasks extends OfWorker {
        @Label("First")
        String first = "";

        @Label("Count")
        int count;

        @Label("Working Time")
        @Timespan
        long worked;

        @Label("Waiting Time")
        @Description("How long the worker had waited before")
        @Timespan
        long waited;

        @Label("Slowest")
        @Timespan
        long slowest;
    }
}
