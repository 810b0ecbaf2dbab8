package io.multiprocessing.cli.chaos;

import io.multiprocessing.Abandonment;
import io.multiprocessing.LongArray;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A thread of a process that takes part, at work in one storm: its lot, and to whom it reports. */
public final class Worker {
    /** A time that is not known. */
    public static final long UNKNOWN = Long.MIN_VALUE;

    private static final long RECOVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** A JVM that has just started loads and links what it does for the first time, and on a busy machine slowly. */
    private static final long FIRST_RECOVERY_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long WARM_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long BORN = System.nanoTime();

    private static final int VIRTUAL_ONE_IN = 8;

    private static final int RESTS_PER_ROUND = 12;
    private static final long LONGEST_REST_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long REST_SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Storm storm;
    private final Ground ground;
    private final long serial;
    private final int place;
    private final int number;
    private final boolean isSteady;
    private final SplittableRandom random;

    private Worker(Storm storm, long serial, int number, boolean isSteady) {
        this.storm = storm;
        this.ground = storm.ground;
        this.serial = serial;
        this.place = ground.roll.place(serial);
        this.number = number;
        this.isSteady = isSteady;
        this.random = new SplittableRandom(ground.roll.seed(serial) + number);
    }

    /** What a victim does until it dies. */
    static void victim(Storm storm, long serial) throws InterruptedException {
        Roll roll = storm.ground.roll;
        roll.begins(serial);
        var me = new Worker(storm, serial, roll.storm(serial), false);
        if (me.chance(VIRTUAL_ONE_IN)) {
            Thread.ofVirtual().start(me::work).join();
        } else {
            me.work();
        }
    }

    /** What a process does that nobody kills. */
    static void steady(Fleet fleet, LongArray entries, long serial) throws InterruptedException {
        Ground ground = Ground.of(entries);
        ground.roll.begins(serial);
        List<Thread> threads = new ArrayList<>();
        List<Storm> storms = fleet.storms(ground);
        for (int i = 0; i < storms.size(); i++) {
            var me = new Worker(storms.get(i), serial, i, true);
            if (isAtWork(me.storm, me.place)) {
                boolean isVirtual = (i + me.place) % 2 == 0;
                threads.add(
                        isVirtual
                                ? Thread.ofVirtual().unstarted(me::work)
                                : Thread.ofPlatform().name(me.storm.name()).unstarted(me::work));
            }
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** Whether the steady process at a place works in a storm. */
    static boolean isAtWork(Storm storm, int place) {
        return place == 0 || !storm.startsProcesses();
    }

    private void work() {
        try {
            for (long rounds = 0; !ground.tally.isOver(); rounds++) {
                long began = System.nanoTime();
                storm.round(this);
                if (rounds == 0) {
                    ground.roll.works(serial);
                }
                if (isSteady) {
                    rest(System.nanoTime() - began);
                }
            }
        } catch (Throwable unexpected) {
            if (isTerminated()) {
                return; // the contexts are closed under it
            }
            var trace = new StringWriter();
            unexpected.printStackTrace(new PrintWriter(trace));
            violation(trace.toString());
        }
    }

    private void rest(long roundNanos) {
        long nanos = storm.startsProcesses()
                ? Math.min(RESTS_PER_ROUND * roundNanos, LONGEST_REST_NANOS)
                : upTo(storm.longestRest());
        for (long end = System.nanoTime() + nanos; nanos > 0 && !isOver(); nanos = end - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(nanos, REST_SLICE_NANOS));
        }
    }

    private boolean isTerminated() {
        try {
            return ground.roll.isTerminated(serial);
        } catch (IllegalStateException closed) {
            return true;
        }
    }

    /** Tells this process from all others that ever take part; never 0. */
    public long serial() {
        return serial;
    }

    /** Tells this process from all others that work in the same storm now. */
    public int place() {
        return place;
    }

    /** Whether nobody kills this process. */
    public boolean isSteady() {
        return isSteady;
    }

    public boolean isOver() {
        return ground.tally.isOver();
    }

    /** True once in so many times. */
    public boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    /** A number from 0 to one less than the bound. */
    public int pick(int bound) {
        return random.nextInt(bound);
    }

    /** Some nanoseconds. */
    public long upTo(Duration most) {
        return random.nextLong(most.toNanos() + 1);
    }

    /** Uses up a little time, not always the same. */
    public void dawdle() {
        for (int i = random.nextInt(200); i > 0; i--) {
            Thread.onSpinWait();
        }
    }

    /** An operation has been done. */
    public void did() {
        ground.tally.operation(number, place);
    }

    /** A rule was broken. */
    public void violation(String text) {
        ground.tally.violation(number);
        ground.journal.write(storm.name() + ", process " + serial + (isSteady ? ", steady: " : ": ") + text);
    }

    /**
     * A lock was taken over.
     *
     * @param holder the serial number of who is thought to have held it; 0 if that is not known
     * @param began when this process began to wait for it; {@link #UNKNOWN} if that can't be told
     */
    public void tookOver(Abandonment abandonment, long holder, long began) {
        ground.tally.takeover(number);
        long dead = abandonment.pid() == 0 ? holder : ground.roll.serialOf(abandonment.pid());
        if (abandonment.pid() == 0 && holder == 0) {
            return;
        }
        if (dead == 0 || !ground.roll.isDoomed(dead)) {
            violation("a lock was taken over from pid " + abandonment.pid() + ", process " + dead + ", which lives");
        } else if (holder != 0 && !ground.roll.isDoomed(holder)) {
            violation("a lock was taken over from process " + holder + ", which lives");
        } else if (began != UNKNOWN) {
            wentOn(dead, began);
        }
    }

    /**
     * This process goes on after the death of another one.
     *
     * @param began when it began to wait for that one
     */
    public void wentOn(long dead, long began) {
        long killedAt = ground.roll.killedAt(dead);
        if (killedAt == 0) {
            return; // it killed itself a moment ago, and nobody has found it yet
        }
        long nanos = System.nanoTime() - Math.max(killedAt, began);
        ground.tally.recovery(number, nanos);
        long limit = (long)
                (ground.tally.slowness() * (killedAt - BORN > WARM_NANOS ? RECOVERY_NANOS : FIRST_RECOVERY_NANOS));
        // On a busy machine it may last until one that was killed is dead.
        if (nanos > limit && ground.roll.isDeadFor(dead, limit) && !ground.tally.hasStoodStillSince(killedAt)) {
            violation("went on " + nanos / 1_000_000 + " ms after the death of process " + dead);
        }
    }

    /** Whether a process was found dead so long ago that everybody has to know it. */
    boolean isLongDead(long other) {
        return ground.roll.isDeadFor(other, (long) (ground.tally.slowness() * RECOVERY_NANOS));
    }

    boolean isDoomed(long other) {
        return ground.roll.isDoomed(other);
    }

    long killedAt(long other) {
        return ground.roll.killedAt(other);
    }
}
