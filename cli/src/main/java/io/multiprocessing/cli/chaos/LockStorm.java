package io.multiprocessing.cli.chaos;

import io.multiprocessing.Lock;
import io.multiprocessing.LongArray;
import io.multiprocessing.Task;
import io.multiprocessing.cli.chaos.CriticalSection.Entry;
import java.util.List;

/** A lock, taken in all ways: one is inside at a time, and a dead one's lock is handed on. */
final class LockStorm extends Storm {
    static final List<String> CRASH_POINTS = List.of("lock-K1", "lock-K2", "lock-K3", "lock-K4");

    private static final int OPERATIONS = 10;

    private final Lock lock;
    private final CriticalSection section;

    LockStorm(Ground ground) {
        super(ground);
        lock = ground.mp().named("lock").lock();
        section = new CriticalSection(ground.mp(), "lock.section", lock);
    }

    @Override
    public String name() {
        return "lock";
    }

    @Override
    protected Task victim(LongArray roll, long serial) {
        return () -> Worker.victim(new LockStorm(Ground.of(roll)), serial);
    }

    @Override
    protected List<String> crashPoints() {
        return CRASH_POINTS;
    }

    @Override
    protected void round(Worker me) throws InterruptedException {
        for (int i = 0; i < OPERATIONS; i++) {
            if (section.enter(me) != Entry.GAVE_UP) {
                section.work(me);
                section.leave(me);
                lock.release();
                me.did();
            }
        }
    }

    @Override
    protected void settle(Findings findings) {
        section.settle(findings);
    }
}
