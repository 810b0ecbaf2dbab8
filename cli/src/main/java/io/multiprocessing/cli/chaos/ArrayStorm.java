package io.multiprocessing.cli.chaos;

import io.multiprocessing.IntArray;
import io.multiprocessing.LongArray;
import io.multiprocessing.Task;
import io.multiprocessing.cli.chaos.CriticalSection.Entry;
import java.util.Arrays;
import java.util.List;

/** An array under its own lock: the second half is always as the first, however it was written. */
final class ArrayStorm extends Storm {
    private static final int OPERATIONS = 10;
    private static final int HALF = 256;

    private final IntArray array;
    private final CriticalSection section;

    ArrayStorm(Ground ground) {
        super(ground);
        array = ground.mp().named("array").intArray(2 * HALF);
        section = new CriticalSection(ground.mp(), "array.section", array.lock());
    }

    @Override
    public String name() {
        return "array";
    }

    @Override
    protected Task victim(LongArray roll, long serial) {
        return () -> Worker.victim(new ArrayStorm(Ground.of(roll)), serial);
    }

    @Override
    protected List<String> crashPoints() {
        return LockStorm.CRASH_POINTS;
    }

    @Override
    protected int weight() {
        return 8;
    }

    @Override
    protected void round(Worker me) throws InterruptedException {
        for (int i = 0; i < OPERATIONS; i++) {
            Entry entry = section.enter(me);
            if (entry != Entry.GAVE_UP) {
                int[] first = array.toArray(0, HALF);
                if (entry == Entry.AFTER_A_DEATH) {
                    array.set(HALF, first);
                } else if (!Arrays.equals(first, array.toArray(HALF, 2 * HALF))) {
                    me.violation("found the halves of an array different");
                    array.set(HALF, first);
                }
                section.work(me);
                write(first, me);
                section.leave(me);
                array.lock().release();
                me.did();
            }
        }
    }

    private void write(int[] content, Worker me) {
        int value = me.pick(Integer.MAX_VALUE);
        if (me.chance(2)) {
            int index = me.pick(HALF);
            array.set(index, value);
            array.set(HALF + index, value);
        } else if (me.chance(2)) {
            array.fill(0, HALF, value);
            array.fill(HALF, 2 * HALF, value);
        } else {
            Arrays.setAll(content, index -> content[index] + value);
            array.set(0, content);
            array.set(HALF, content);
        }
    }

    @Override
    protected void settle(Findings findings) {
        section.settle(findings);
    }
}
