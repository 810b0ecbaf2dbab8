package io.multiprocessing.cli.chaos;

import io.multiprocessing.LongArray;
import io.multiprocessing.LongValue;
import io.multiprocessing.RLock;
import io.multiprocessing.Task;
import io.multiprocessing.cli.chaos.CriticalSection.Entry;
import java.util.List;

/** The recursive lock of a value: it is handed on however deep it was held, and its depth is right. */
final class RLockStorm extends Storm {
    private static final int OPERATIONS = 10;
    private static final int DEEPEST = 4;

    private final LongValue value;
    private final RLock lock;
    private final CriticalSection section;

    RLockStorm(Ground ground) {
        super(ground);
        value = ground.mp().named("rlock.value").longValue(0);
        lock = (RLock) value.lock();
        section = new CriticalSection(ground.mp(), "rlock.section", lock);
    }

    @Override
    public String name() {
        return "rlock";
    }

    @Override
    protected Task victim(LongArray roll, long serial) {
        return () -> Worker.victim(new RLockStorm(Ground.of(roll)), serial);
    }

    @Override
    protected List<String> crashPoints() {
        return LockStorm.CRASH_POINTS;
    }

    @Override
    protected void round(Worker me) throws InterruptedException {
        for (int i = 0; i < OPERATIONS; i++) {
            if (section.enter(me) != Entry.GAVE_UP) {
                dive(1 + me.pick(DEEPEST), 1, me);
                section.leave(me);
                lock.release();
                if (lock.holdCount() != 0) {
                    me.violation("holds a lock " + lock.holdCount() + " deep that it has released");
                }
                me.did();
            }
        }
    }

    private void dive(int deepest, int depth, Worker me) throws InterruptedException {
        if (lock.holdCount() != depth) {
            me.violation("holds a lock " + lock.holdCount() + " deep, not " + depth);
        }
        if (depth == deepest) {
            long before = value.get();
            section.work(me);
            value.set(before + 1);
            return;
        }
        lock.acquire();
        dive(deepest, depth + 1, me);
        lock.release();
    }

    @Override
    protected void settle(Findings findings) {
        section.settle(findings);
    }
}
