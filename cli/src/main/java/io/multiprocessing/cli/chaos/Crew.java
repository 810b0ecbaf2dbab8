package io.multiprocessing.cli.chaos;

import io.multiprocessing.LongArray;
import io.multiprocessing.Process;
import io.multiprocessing.Task;
import io.multiprocessing.local.os.Os;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The processes of a storm: who they are to be, how they are started, and what is said of their ends. */
final class Crew {
    private static final int KILLED = -9;
    private static final int TERMINATED = -15;
    private static final int SIGQUIT = 3;
    private static final int ALL_STORMS = -1;
    /** Options of this variable do not change which cache of classes a child is started with. */
    private static final String OPTIONS_VARIABLE = "JDK_JAVA_OPTIONS";

    /** Victims do not live long enough to be compiled. Slow ones come to work early, and die inside of algorithms. */
    private static final List<String> COMPILATIONS = List.of("-Xint", "-Xint", "-XX:TieredStopAtLevel=1");

    private static final long DUMPS_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private final Fleet fleet;
    private final Ground ground;
    private final List<Storm> storms;
    private final Scoreboard scores;
    private final Family family;
    private final Logs logs;
    private final Path folders;
    private final SplittableRandom random;
    private final List<Integer> lots = new ArrayList<>();
    private final AtomicLong serials = new AtomicLong();

    /** @param folders where the contexts go that the processes open themselves */
    Crew(
            Fleet fleet,
            Ground ground,
            List<Storm> storms,
            Scoreboard scores,
            Family family,
            Logs logs,
            Path folders,
            SplittableRandom random) {
        this.fleet = fleet;
        this.ground = ground;
        this.storms = storms;
        this.scores = scores;
        this.family = family;
        this.logs = logs;
        this.folders = folders;
        this.random = random;
        for (int i = 0; i < storms.size(); i++) {
            lots.addAll(Collections.nCopies(storms.get(i).weight(), i));
        }
    }

    boolean isOver() {
        return ground.tally.isOver();
    }

    Roll roll() {
        return ground.roll;
    }

    /** The next victim at a place: the same ones in the same order for the same seed. */
    synchronized Victim enlist(int place) {
        long serial = serials.incrementAndGet();
        int storm = lots.get(random.nextInt(lots.size()));
        Fate fate = Fate.draw(storms.get(storm), random);
        boolean mayDieAnyTime = fate instanceof Fate.AtStart || fate instanceof Fate.AtCrashPoint;
        ground.roll.enlist(serial, place, storm, random.nextLong(), mayDieAnyTime);
        return new Victim(serial, place, storm, fate, COMPILATIONS.get(random.nextInt(COMPILATIONS.size())));
    }

    Process start(Victim victim) {
        Storm storm = storms.get(victim.storm());
        Process process = described(storm.victim(ground.roll.handle(), victim.serial()), victim.serial());
        if (victim.fate() instanceof Fate.AtCrashPoint(String label, int times)) {
            process.jvmOptions("-Dmultiprocessing.crashAt=" + label + ":" + times);
        }
        return process.name(storm.name() + "-" + victim.serial())
                .environment(OPTIONS_VARIABLE, victim.compilation())
                .start();
    }

    /** Starts a process that nobody kills. */
    synchronized Process startSteady(int place) {
        long serial = serials.incrementAndGet();
        ground.roll.enlist(serial, place, ALL_STORMS, random.nextLong(), false);
        LongArray entries = ground.roll.handle();
        Fleet all = fleet;
        return described(() -> Worker.steady(all, entries, serial), serial)
                .name("steady-" + serial)
                .start();
    }

    private Process described(Task task, long serial) {
        return ground.mp()
                .process(task)
                .daemon()
                .environment(family.variable(), family.of(serial).mark())
                .jvmOptions("-Xmx128m", "-Dmultiprocessing.folder=" + folders)
                .stdout(logs.of(serial))
                .stderr(logs.of(serial));
    }

    /** A victim has ended. */
    void ended(Victim victim, Process process, boolean diedByItself) throws InterruptedException {
        int exitCode = process.exitCode().orElseThrow();
        ground.roll.died(victim.serial());
        boolean wasTerminated = victim.fate() instanceof Fate.Terminated && exitCode == TERMINATED;
        if (exitCode == KILLED || wasTerminated) {
            scores.killed(victim.storm());
            if (diedByItself && victim.fate() instanceof Fate.AtCrashPoint(String label, int _)) {
                scores.diedAt(label);
            }
        } else if (exitCode != 0) {
            scores.in(victim.storm()).violation(process + " of " + victim + " failed; " + logs.keep(victim.serial()));
        }
        var death = new Death(victim.serial(), ground.roll.killedAt(victim.serial()), family.of(victim.serial()));
        storms.get(victim.storm()).afterDeath(death, scores.in(victim.storm()));
        logs.forget(victim.serial());
        process.close();
    }

    /** A steady process has ended, or should have. */
    void endedSteady(Process process) {
        if (process.isAlive()) {
            hangs(process, "does not end");
            process.kill();
        } else if (process.exitCode().orElseThrow() != 0) {
            scores.violation(process + " failed; " + logs.keep(serial(process)));
        }
    }

    /** A victim does not come to work, or does not end. */
    void hangs(Victim victim, Process process) {
        scores.in(victim.storm()).violation(victim + " hangs; " + dump(process));
    }

    void hangs(Process process, String what) {
        scores.violation(process + " " + what + "; " + dump(process));
    }

    /** A steady process does nothing any more in one storm. */
    void standsStill(int storm, Process process) {
        scores.in(storm).violation(process + " stands still; " + dump(process));
    }

    void broke(String what, Exception cause) {
        var trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace));
        scores.violation(what + ": " + trace);
    }

    /** Has the process print what its threads do. */
    private String dump(Process process) {
        if (process.isAlive()) {
            Os.current().signal(process.pid().orElseThrow(), SIGQUIT);
            LockSupport.parkNanos(DUMPS_NANOS);
        }
        return logs.keep(serial(process));
    }

    private static long serial(Process process) {
        String name = process.name();
        return Long.parseLong(name.substring(name.lastIndexOf('-') + 1));
    }
}
