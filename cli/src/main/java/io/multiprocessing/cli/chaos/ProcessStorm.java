package io.multiprocessing.cli.chaos;

import io.multiprocessing.LongArray;
import io.multiprocessing.LongValue;
import io.multiprocessing.Process;
import io.multiprocessing.Task;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * Processes that start processes: a daemon's children end with it, at every generation; and whoever starts one learns
 * how it ended.
 */
final class ProcessStorm extends Storm {
    private static final Duration CHILD_ENDS = Duration.ofSeconds(40);
    private static final int SIGKILL = 9;
    private static final int SIGTERM = 15;
    private static final int MOST_EXIT_CODE = 100;

    private final LongValue born;

    ProcessStorm(Ground ground) {
        super(ground);
        born = ground.mp().named("process.born").longValue(0);
    }

    @Override
    public String name() {
        return "process";
    }

    @Override
    protected Task victim(LongArray roll, long serial) {
        return () -> Worker.victim(new ProcessStorm(Ground.of(roll)), serial);
    }

    @Override
    protected int weight() {
        return 3;
    }

    @Override
    protected Duration longestLife() {
        return Duration.ofMillis(400);
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
        if (me.isSteady()) {
            startAndEnd(me);
        } else {
            haveChildren(me);
        }
        me.did();
    }

    /** Has a child that has a child of its own, and goes on before they have come to life. */
    private void haveChildren(Worker me) throws InterruptedException {
        LongValue count = born;
        Process child = ground.mp().process(() -> haveChild(count)).daemon().start();
        child.join(Duration.ofMillis(200 + me.pick(200)));
        if (me.chance(2)) {
            child.kill();
        }
        child.join(Duration.ofMillis(200));
    }

    private static void haveChild(LongValue count) throws InterruptedException {
        count.increment();
        count.context().process(() -> live(count)).daemon().start();
        Thread.sleep(Duration.ofDays(1));
    }

    private static void live(LongValue count) throws InterruptedException {
        count.increment();
        Thread.sleep(Duration.ofDays(1));
    }

    private void startAndEnd(Worker me) throws InterruptedException {
        int code = me.pick(MOST_EXIT_CODE);
        int way = me.pick(3);
        Process child = ground.mp()
                .process(way == 0 ? () -> System.exit(code) : () -> Thread.sleep(Duration.ofDays(1)))
                .daemon()
                .start();
        if (way != 0) {
            child.join(Duration.ofMillis(me.pick(300)));
            if (way == 1) {
                child.kill();
            } else {
                child.terminate();
            }
        }
        int expected = way == 0 ? code : way == 1 ? -SIGKILL : -SIGTERM;
        if (!child.join(CHILD_ENDS)) {
            me.violation("does not end: " + child);
            child.kill();
        } else if (!child.exitCode().equals(OptionalInt.of(expected))) {
            me.violation("should end with " + expected + ": " + child);
        }
    }

    @Override
    protected void afterDeath(Death death, Findings findings) throws InterruptedException {
        death.expectFamilyToEnd(findings);
    }
}
