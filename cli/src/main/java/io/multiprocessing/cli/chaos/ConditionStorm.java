package io.multiprocessing.cli.chaos;

import io.multiprocessing.Condition;
import io.multiprocessing.Lock;
import io.multiprocessing.LongArray;
import io.multiprocessing.Task;
import io.multiprocessing.cli.chaos.CriticalSection.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Producers and consumers with a small buffer, one lock and two conditions. The counters of what was put and taken are
 * the commit stores. Who dies between such a store and its signal leaves the lock abandoned, and who takes it over wakes
 * all; otherwise every signal must reach somebody who waits.
 */
final class ConditionStorm extends Storm {
    private static final int CAPACITY = 3;
    private static final int OPERATIONS = 6;
    private static final Duration LONGEST_WAIT = Duration.ofMillis(1500);
    private static final Duration SHORT = Duration.ofMillis(5);
    private static final long STALE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Of so many signals one must have come to somebody who waited all the time: the one who waits longest is first. */
    private static final long MANY_SIGNALS = 200;

    private static final int PUT = 0;
    private static final int TAKEN = 1;
    private static final int CHANGED_AT = 2;
    private static final int SIGNALS = 3;
    private static final int BUFFER = 5;

    private final Lock lock;
    private final Condition notEmpty;
    private final Condition notFull;
    private final LongArray state;
    private final CriticalSection section;

    ConditionStorm(Ground ground) {
        super(ground);
        lock = ground.mp().named("condition.lock").lock();
        notEmpty = ground.mp().named("condition.notEmpty").condition(lock);
        notFull = ground.mp().named("condition.notFull").condition(lock);
        state = ground.mp().named("condition.state").raw().longArray(BUFFER + CAPACITY);
        section = new CriticalSection(ground.mp(), "condition.section", lock);
    }

    @Override
    public String name() {
        return "condition";
    }

    @Override
    protected Task victim(LongArray roll, long serial) {
        return () -> Worker.victim(new ConditionStorm(Ground.of(roll)), serial);
    }

    @Override
    protected List<String> crashPoints() {
        List<String> all = new ArrayList<>(LockStorm.CRASH_POINTS);
        all.add("wait-K1");
        for (int i = 1; i <= 7; i++) {
            all.add("condition-K" + i);
        }
        return all;
    }

    @Override
    protected int weight() {
        return 14;
    }

    @Override
    protected void round(Worker me) throws InterruptedException {
        // The steady ones take turns at both; were they to wait for the same thing, nobody else might come.
        boolean isProducer = me.isSteady() ? me.place() % 2 == 0 : me.chance(2);
        for (int i = 0; i < OPERATIONS && !me.isOver(); i++) {
            long began = System.nanoTime();
            lock.acquire();
            enter(began, me);
            boolean isDone = isProducer ? put(me) : take(me);
            section.leave(me);
            lock.release();
            if (isDone) {
                me.did();
            }
        }
    }

    private boolean put(Worker me) throws InterruptedException {
        if (!await(notFull, () -> state.get(PUT) - state.get(TAKEN) < CAPACITY, 0, me)) {
            return false;
        }
        long number = state.get(PUT);
        section.work(me);
        state.set(BUFFER + (int) (number % CAPACITY), number);
        state.set(CHANGED_AT, System.nanoTime());
        state.set(PUT, number + 1);
        signal(notEmpty, 1, me);
        return true;
    }

    private boolean take(Worker me) throws InterruptedException {
        if (!await(notEmpty, () -> state.get(PUT) != state.get(TAKEN), 1, me)) {
            return false;
        }
        long number = state.get(TAKEN);
        section.work(me);
        long found = state.get(BUFFER + (int) (number % CAPACITY));
        if (found != number) {
            me.violation("took " + found + " where " + number + " should be");
        }
        state.set(CHANGED_AT, System.nanoTime());
        state.set(TAKEN, number + 1);
        signal(notFull, 0, me);
        return true;
    }

    private void signal(Condition condition, int which, Worker me) {
        state.set(SIGNALS + which, state.get(SIGNALS + which) + 1);
        if (me.chance(16)) {
            condition.signalAll();
        } else {
            condition.signal();
        }
    }

    /** Waits until it may go on; false if that lasts too long, or it was in a hurry. The lock is held. */
    private boolean await(Condition condition, BooleanSupplier mayGoOn, int which, Worker me)
            throws InterruptedException {
        boolean isInHurry = !me.isSteady() && me.chance(4);
        Duration limit = isInHurry ? Duration.ofNanos(me.upTo(SHORT)) : LONGEST_WAIT;
        while (!mayGoOn.getAsBoolean()) {
            long signalsBefore = state.get(SIGNALS + which);
            section.leave(me);
            boolean signalled = condition.await(limit);
            boolean isFirstAfterDeath = enter(Worker.UNKNOWN, me);
            if (!signalled) {
                // Who dies with a signal that it has taken leaves it to the first who comes after: that may be us.
                if (!isInHurry && !isFirstAfterDeath) {
                    checkNotForgotten(mayGoOn.getAsBoolean(), state.get(SIGNALS + which) - signalsBefore, me);
                }
                return false;
            }
        }
        return true;
    }

    private void checkNotForgotten(boolean mightGoOn, long signals, Worker me) {
        long unchangedNanos = System.nanoTime() - state.get(CHANGED_AT);
        if (mightGoOn && unchangedNanos > STALE_NANOS) {
            me.violation("nobody told it for " + unchangedNanos / 1_000_000 + " ms that it may go on");
        } else if (signals > MANY_SIGNALS) {
            me.violation("waited all the time and got none of " + signals + " signals");
        }
    }

    /** Whether it is the first to come after somebody has died inside. */
    private boolean enter(long began, Worker me) {
        boolean isFirstAfterDeath = section.enter(began, me) == Entry.AFTER_A_DEATH;
        if (isFirstAfterDeath) {
            notEmpty.signalAll();
            notFull.signalAll();
        }
        return isFirstAfterDeath;
    }

    @Override
    protected void settle(Findings findings) {
        section.settle(findings);
        long inside = state.get(PUT) - state.get(TAKEN);
        if (inside < 0 || inside > CAPACITY) {
            findings.violation("a buffer of " + CAPACITY + " holds " + inside);
        }
    }
}
