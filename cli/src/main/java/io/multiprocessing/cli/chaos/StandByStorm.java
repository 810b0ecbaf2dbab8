package io.multiprocessing.cli.chaos;

import io.multiprocessing.Context;
import io.multiprocessing.IntValue;
import io.multiprocessing.LongArray;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import io.multiprocessing.Task;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Processes that come from stand-by, while the JVMs that wait for them are killed, before, while and after a task is handed
 * to them: a task runs once, or the death of its process is known. JVMs on stand-by end with the process that keeps them.
 */
final class StandByStorm extends Storm {
    private static final Duration PROCESS_ENDS = Duration.ofSeconds(40);
    private static final int STARTS = 4;
    private static final int SIGKILL = 9;

    StandByStorm(Ground ground) {
        super(ground);
    }

    @Override
    public String name() {
        return "stand-by";
    }

    @Override
    protected Task victim(LongArray roll, long serial) {
        return () -> Worker.victim(new StandByStorm(Ground.of(roll)), serial);
    }

    @Override
    protected List<String> crashPoints() {
        return List.of("standby-K1", "standby-K2");
    }

    @Override
    protected int weight() {
        return 1;
    }

    @Override
    protected Duration longestLife() {
        return Duration.ofMillis(1_500);
    }

    @Override
    protected boolean startsProcesses() {
        return true;
    }

    @Override
    protected Duration patience() {
        return Duration.ofMinutes(2);
    }

    @Override
    protected void round(Worker me) throws InterruptedException {
        // The name is in the arguments of the JVMs, and tells those of this context from others.
        String name = "standby-" + ProcessHandle.current().pid() + "-"
                + ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
        try (Context mp = Multiprocessing.open("local:" + name + "?standby=2")) {
            for (int i = 0; i < STARTS; i++) {
                startOne(me, mp, name);
            }
        }
        me.did();
    }

    private static void startOne(Worker me, Context mp, String name) throws InterruptedException {
        IntValue runs = mp.intValue(0);
        Thread killer = new Thread(() -> kill(name), "stand-by killer");
        boolean kills = me.chance(2);
        Thread.sleep(me.pick(200));
        if (kills) {
            killer.start();
            Thread.sleep(0, me.pick(999_999));
        }
        Process process = mp.process(runs::increment).daemon().start();
        boolean hasEnded = process.join(PROCESS_ENDS);
        if (kills) {
            killer.join();
        }
        if (!hasEnded) {
            me.violation("a process with a JVM from stand-by does not end: " + process);
            return;
        }
        int exitCode = process.exitCode().orElseThrow();
        boolean isAsItMustBe = exitCode == 0 ? runs.get() == 1 : exitCode == -SIGKILL && kills && runs.get() <= 1;
        if (!isAsItMustBe) {
            me.violation("a task has run " + runs.get() + " times, and its process says: " + process);
        }
    }

    private static void kill(String name) {
        ProcessHandle.current()
                .children()
                .filter(child -> List.of(child.info().arguments().orElse(new String[0])).stream()
                        .anyMatch(argument -> argument.contains(name)))
                .findAny()
                .ifPresent(ProcessHandle::destroyForcibly);
    }

    @Override
    protected void afterDeath(Death death, Findings findings) throws InterruptedException {
        death.expectFamilyToEnd(findings);
    }
}
