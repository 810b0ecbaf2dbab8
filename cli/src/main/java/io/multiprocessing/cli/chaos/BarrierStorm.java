package io.multiprocessing.cli.chaos;

import io.multiprocessing.Barrier;
import io.multiprocessing.LongArray;
import io.multiprocessing.Task;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;

/** A barrier: whose party dies, the others learn it, and after a reset it is as new. No place is given twice. */
final class BarrierStorm extends Storm {
    private static final int PARTIES = 2;

    /** Longer than it takes, on a busy machine, until the first processes have started. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    /** How often the action ran. */
    private static final int PASSES = 0;

    /** From here on, how often each place was given. */
    private static final int GIVEN = 1;

    private final LongArray counts;
    private final Barrier barrier;
    private final Insiders waiting;

    BarrierStorm(Ground ground) {
        super(ground);
        counts = ground.mp().named("barrier.counts").raw().longArray(GIVEN + PARTIES);
        barrier = ground.isMaker() ? make(ground, counts) : ground.mp().attach("barrier", Barrier.class);
        waiting = new Insiders(ground.mp(), "barrier.waiting");
    }

    private static Barrier make(Ground ground, LongArray counts) {
        return ground.mp().named("barrier").barrier(PARTIES, () -> counts.getAndAdd(PASSES, 1));
    }

    @Override
    public String name() {
        return "barrier";
    }

    @Override
    protected Task victim(LongArray roll, long serial) {
        return () -> Worker.victim(new BarrierStorm(Ground.of(roll)), serial);
    }

    @Override
    protected List<String> crashPoints() {
        return List.of("barrier-K1", "barrier-K2", "barrier-K3", "barrier-K4", "barrier-K5", "barrier-K6", "wait-K1");
    }

    @Override
    protected int weight() {
        return 12;
    }

    @Override
    protected Duration longestRest() {
        return Duration.ofMillis(40);
    }

    @Override
    protected void round(Worker me) throws InterruptedException {
        long began = System.nanoTime();
        waiting.enter(me, 0);
        try {
            int place = me.chance(2) ? barrier.await() : barrier.await(LONGEST_WAIT);
            waiting.leave(me);
            passed(place, me);
        } catch (BrokenBarrierException broken) {
            waiting.leave(me);
            if (me.isOver()) {
                return;
            }
            long dead = waiting.takeOutDead(me);
            if (dead != 0) {
                me.wentOn(dead, began);
            } else if (System.nanoTime() - began > LONGEST_WAIT.toNanos()) {
                me.violation("nobody else came: " + broken.getMessage());
            }
            if (barrier.isBroken()) {
                barrier.reset();
            }
        }
    }

    private void passed(int place, Worker me) {
        if (place < 0 || place >= PARTIES) {
            me.violation("got place " + place + " of " + PARTIES);
            return;
        }
        long given = counts.add(GIVEN + place, 1);
        long passes = counts.get(PASSES);
        if (given > passes) {
            me.violation("place " + place + " was given " + given + " times in " + passes + " passes");
        }
        me.did();
    }

    @Override
    protected void dismiss() {
        barrier.abort();
    }

    @Override
    protected void settle(Findings findings) {
        barrier.reset();
        if (barrier.isBroken() || barrier.waiting() != 0) {
            findings.violation("a barrier is not as new after a reset: " + barrier);
        }
    }
}
