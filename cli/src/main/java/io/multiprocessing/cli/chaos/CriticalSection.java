package io.multiprocessing.cli.chaos;

import io.multiprocessing.Abandonment;
import io.multiprocessing.Context;
import io.multiprocessing.Lock;
import io.multiprocessing.LongArray;
import java.time.Duration;

/**
 * What a lock guards: the serial number of who is inside, and two counters that are equal whenever nobody is. Who comes
 * in after one that died there finds that so, and puts it in order; who comes in otherwise and finds it so has found a
 * broken rule.
 */
final class CriticalSection {
    private static final int INSIDE = 0;
    private static final int FIRST = 1;
    private static final int SECOND = 2;

    private static final Duration SHORT = Duration.ofMillis(3);

    private final Lock lock;
    private final LongArray state;

    CriticalSection(Context mp, String name, Lock lock) {
        this.lock = lock;
        this.state = mp.named(name).raw().longArray(SECOND + 1);
    }

    /** How somebody has come in. */
    enum Entry {
        /** Not at all: the lock was held, and there was no time to wait for it. */
        GAVE_UP,
        AFTER_A_RELEASE,
        AFTER_A_DEATH
    }

    /** Comes in by one of the ways to take a lock; some give up. */
    Entry enter(Worker me) throws InterruptedException {
        long began = System.nanoTime();
        boolean acquired = switch (me.pick(8)) {
            case 0 -> lock.tryAcquire();
            case 1 -> lock.acquire(Duration.ofNanos(me.upTo(SHORT)));
            case 2 -> {
                lock.lock();
                yield true;
            }
            default -> {
                lock.acquire();
                yield true;
            }
        };
        return acquired ? enter(began, me) : Entry.GAVE_UP;
    }

    /**
     * Comes in; the lock is held.
     *
     * @param began when it began to wait for the lock; {@link Worker#UNKNOWN} if that can't be told
     */
    Entry enter(long began, Worker me) {
        Abandonment abandonment = lock.abandonment();
        long inside = state.get(INSIDE);
        if (abandonment != null) {
            me.tookOver(abandonment, inside, began);
        } else if (inside != 0) {
            me.violation("came in while process " + inside + " was inside");
        } else if (state.get(FIRST) != state.get(SECOND)) {
            me.violation("found the counters " + state.get(FIRST) + " and " + state.get(SECOND));
        }
        state.set(INSIDE, me.serial());
        state.set(SECOND, state.get(FIRST));
        return abandonment != null ? Entry.AFTER_A_DEATH : Entry.AFTER_A_RELEASE;
    }

    /** Changes what is guarded. */
    void work(Worker me) {
        state.set(FIRST, state.get(FIRST) + 1);
        me.dawdle();
        state.set(SECOND, state.get(SECOND) + 1);
    }

    /** Goes out; the lock is still held, and released by the caller. */
    void leave(Worker me) {
        long inside = state.get(INSIDE);
        if (inside != me.serial()) {
            me.violation("process " + inside + " came in meanwhile");
        }
        state.set(INSIDE, 0);
    }

    /** What must hold when nobody is left: the lock can be had, is free afterwards, and what it guards is in order. */
    void settle(Findings findings) {
        if (!lock.tryAcquire()) {
            findings.leak("a lock is held and nobody lives: " + lock);
            return;
        }
        if (lock.abandonment() == null && (state.get(INSIDE) != 0 || state.get(FIRST) != state.get(SECOND))) {
            findings.violation("a lock is free and what it guards is not in order: process " + state.get(INSIDE)
                    + " inside, counters " + state.get(FIRST) + " and " + state.get(SECOND));
        }
        lock.release();
        if (lock.isLocked()) {
            findings.leak("a lock stays held after its release: " + lock);
        }
    }
}
