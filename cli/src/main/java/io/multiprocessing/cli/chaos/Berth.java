package io.multiprocessing.cli.chaos;

import io.multiprocessing.Process;
import io.multiprocessing.local.os.Os;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One place where victims live, one after the other: starts them, kills them, and looks how they have died. */
final class Berth implements Runnable {
    private static final Duration COMES_TO_WORK = Duration.ofSeconds(60);
    private static final Duration ENDS = Duration.ofSeconds(30);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int SIGCONT = 18;
    private static final int SIGSTOP = 19;

    private final Crew crew;
    private final int place;

    Berth(Crew crew, int place) {
        this.crew = crew;
        this.place = place;
    }

    @Override
    public void run() {
        try {
            while (!crew.isOver()) {
                liveAndDie(crew.enlist(place));
            }
        } catch (InterruptedException endsEarly) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException unexpected) {
            crew.broke("a victim can't be started or watched over", unexpected);
        }
    }

    private void liveAndDie(Victim victim) throws InterruptedException {
        Process process = crew.start(victim);
        switch (victim.fate()) {
            case Fate.AtStart(long afterNanos) -> LockSupport.parkNanos(afterNanos);
            case Fate.Terminated(long afterNanos) -> {
                awaitWork(victim, process);
                LockSupport.parkNanos(afterNanos);
                crew.roll().terminates(victim.serial());
                process.terminate();
                process.join(ENDS);
            }
            case Fate.AtWork(long afterNanos) -> {
                awaitWork(victim, process);
                LockSupport.parkNanos(afterNanos);
            }
            case Fate.AtCrashPoint _ -> {
                awaitWork(victim, process);
                process.join(Fate.PATIENCE);
            }
            case Fate.Stopped(long afterNanos, long forNanos) -> {
                awaitWork(victim, process);
                LockSupport.parkNanos(afterNanos);
                stop(process, forNanos);
            }
        }
        boolean diesByItself = !process.isAlive();
        if (!crew.isOver() && !diesByItself) {
            crew.roll().dooms(victim.serial());
            process.kill();
        }
        if (!process.join(ENDS)) {
            crew.hangs(victim, process);
            process.kill();
            process.join();
        }
        crew.ended(victim, process, diesByItself);
    }

    private void awaitWork(Victim victim, Process process) {
        long begin = System.nanoTime();
        while (process.isAlive() && !crew.roll().isWorking(victim.serial()) && !crew.isOver()) {
            LockSupport.parkNanos(POLL_NANOS);
            if (System.nanoTime() - begin > COMES_TO_WORK.toNanos()) {
                crew.hangs(victim, process);
                return;
            }
        }
    }

    /** It is not reaped meanwhile, for nothing but us kills it: the signals reach nobody else. */
    static void stop(Process process, long forNanos) {
        long pid = process.pid().orElseThrow();
        Os.current().signal(pid, SIGSTOP);
        LockSupport.parkNanos(forNanos);
        Os.current().signal(pid, SIGCONT);
    }
}
