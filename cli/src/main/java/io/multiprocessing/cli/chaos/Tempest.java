package io.multiprocessing.cli.chaos;

import io.multiprocessing.Context;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * All storms at once. A few processes are steady: nobody kills them, though they are stopped now and then. The others
 * are victims.
 */
public final class Tempest {
    private static final long REPORT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long DISMISS_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long ENDS_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final Plan plan;
    private final Ground ground;
    private final List<Storm> storms;
    private final Scoreboard scores;
    private final Crew crew;
    private final Family family;
    private final Path folder;
    private final Path folders;
    private final SplittableRandom random;
    private final long begin = System.nanoTime();

    private Tempest(Plan plan, Fleet fleet, Context mp, Logs logs) {
        this.plan = plan;
        this.ground = Ground.make(mp);
        this.storms = fleet.storms(ground);
        this.scores = new Scoreboard(ground, storms);
        this.family = new Family(ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime()));
        this.folder = ground.folder();
        this.folders = folder.resolve("storm");
        this.random = new SplittableRandom(plan.seed());
        this.crew = new Crew(fleet, ground, storms, scores, family, logs, folders, random.split());
    }

    /** Lets the storms rage as long as planned. */
    public static Outcome rage(Plan plan, Fleet fleet, Progress progress) throws IOException, InterruptedException {
        Remains remains = Remains.before();
        try (Logs logs = new Logs()) {
            Outcome outcome;
            Path folder;
            try (Context mp = Multiprocessing.open()) {
                var tempest = new Tempest(plan, fleet, mp, logs);
                folder = tempest.folder;
                outcome = tempest.rage(progress);
            }
            List<String> leaks = new ArrayList<>(outcome.leaks());
            leaks.addAll(remains.after(folder));
            return outcome.withLeaks(leaks);
        }
    }

    private Outcome rage(Progress progress) throws InterruptedException {
        List<Process> steady = new ArrayList<>();
        for (int i = 0; i < Plan.STEADY; i++) {
            steady.add(crew.startSteady(i));
        }
        List<Thread> berths = new ArrayList<>();
        for (int i = Plan.STEADY; i < plan.processes(); i++) {
            berths.add(Thread.ofPlatform().name("chaos-berth-" + i).start(new Berth(crew, i)));
        }
        var watch = new Watch(crew, ground.tally, steady, storms, random.split());
        Thread watching = Thread.ofPlatform().name("chaos-watch").start(watch);
        long elapsed = 0;
        while (!plan.isFulfilled(elapsed, scores.kills(), scores.violations())) {
            LockSupport.parkNanos(REPORT_NANOS);
            elapsed = System.nanoTime() - begin;
            progress.at(elapsed / 1e9, scores.kills(), scores.operations(), scores.violations());
        }
        ground.tally.end();
        watching.join();
        dismiss(berths, steady);
        settle();
        return scores.outcome(plan.seed(), elapsed / 1e9);
    }

    private void dismiss(List<Thread> berths, List<Process> steady) throws InterruptedException {
        long over = System.nanoTime();
        while ((berths.stream().anyMatch(Thread::isAlive) || steady.stream().anyMatch(Process::isAlive))
                && System.nanoTime() - over < ENDS_NANOS) {
            storms.forEach(Storm::dismiss);
            LockSupport.parkNanos(DISMISS_NANOS);
        }
        for (Thread berth : berths) {
            berth.join();
        }
        for (Process process : steady) {
            crew.endedSteady(process);
            process.join(Duration.ofSeconds(1));
        }
    }

    private void settle() throws InterruptedException {
        for (int storm = 0; storm < storms.size(); storm++) {
            storms.get(storm).settle(scores.in(storm));
        }
        Remains.processes(family).forEach(scores::leak);
        Remains.contexts(folders).forEach(scores::leak);
    }
}
