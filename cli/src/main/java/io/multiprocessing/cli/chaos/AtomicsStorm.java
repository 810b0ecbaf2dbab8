package io.multiprocessing.cli.chaos;

import io.multiprocessing.ByteArray;
import io.multiprocessing.DoubleValue;
import io.multiprocessing.IntValue;
import io.multiprocessing.LongArray;
import io.multiprocessing.LongValue;
import io.multiprocessing.Task;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Atomic changes without a lock. What all have added is what each has noted, but for the one operation that a victim had
 * done and not noted. And bytes side by side, each of another process, do not disturb each other.
 */
final class AtomicsStorm extends Storm {
    private static final int OPERATIONS = 50;
    private static final int LONGS = 0;
    private static final int INTS = 1;
    private static final int DOUBLES = 2;
    private static final int KINDS = 3;

    private final LongValue longs;
    private final IntValue ints;
    private final DoubleValue doubles;
    private final ByteArray bytes;
    private final LongArray noted;
    private final AtomicLong victims = new AtomicLong();

    AtomicsStorm(Ground ground) {
        super(ground);
        longs = ground.mp().named("atomics.long").longValue(0);
        ints = ground.mp().named("atomics.int").intValue(0);
        doubles = ground.mp().named("atomics.double").doubleValue(0);
        bytes = ground.mp().named("atomics.bytes").raw().byteArray(Tally.MOST_PLACES);
        noted = ground.mp().named("atomics.noted").raw().longArray(KINDS * Tally.MOST_PLACES);
    }

    @Override
    public String name() {
        return "atomics";
    }

    @Override
    protected Task victim(LongArray roll, long serial) {
        return () -> Worker.victim(new AtomicsStorm(Ground.of(roll)), serial);
    }

    @Override
    protected int weight() {
        return 4;
    }

    @Override
    protected void round(Worker me) {
        byte mine = bytes.get(me.place());
        for (int i = 0; i < OPERATIONS; i++) {
            int kind = add(me);
            noted.getAndAdd(kind * Tally.MOST_PLACES + me.place(), 1);
            byte before = bytes.getAndAdd(me.place(), 1);
            if (before != mine) {
                me.violation("a byte of its own is " + before + " and was " + mine);
            }
            mine = (byte) (before + 1);
            me.did();
        }
    }

    private int add(Worker me) {
        switch (me.pick(6)) {
            case 0 -> longs.increment();
            case 1 -> longs.update(before -> before + 1);
            case 2 -> {
                long before = longs.get();
                while (!longs.compareAndSet(before, before + 1)) {
                    before = longs.get();
                }
            }
            case 3 -> {
                ints.increment();
                return INTS;
            }
            case 4 -> {
                ints.update(before -> before + 1);
                return INTS;
            }
            default -> {
                doubles.add(1);
                return DOUBLES;
            }
        }
        return LONGS;
    }

    @Override
    protected void afterDeath(Death death, Findings findings) {
        victims.incrementAndGet();
    }

    @Override
    protected void settle(Findings findings) {
        check("long", longs.get(), LONGS, findings);
        check("int", ints.get(), INTS, findings);
        check("double", (long) doubles.get(), DOUBLES, findings);
    }

    private void check(String what, long total, int kind, Findings findings) {
        long sum = 0;
        for (int place = 0; place < Tally.MOST_PLACES; place++) {
            sum += noted.get(kind * Tally.MOST_PLACES + place);
        }
        if (total < sum || total > sum + victims.get()) {
            findings.violation("the " + what + " is " + total + ", and " + sum
                    + " additions were noted by processes of which " + victims + " were killed");
        }
    }
}
