package io.multiprocessing.cli.chaos;

import io.multiprocessing.LongArray;
import io.multiprocessing.Semaphore;
import io.multiprocessing.Task;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A leased semaphore: never more are inside than it has permits, and the permits of the dead come back. The other kinds
 * are for the steady ones only: with them the permits of the dead are lost, as they should be.
 */
final class SemaphoreStorm extends Storm {
    private static final int OPERATIONS = 10;
    private static final int PERMITS = 2;
    private static final Duration SHORT = Duration.ofMillis(3);
    private static final long LONG_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Semaphore leased;
    private final Semaphore plain;
    private final Semaphore bounded;
    private final Insiders insiders;

    SemaphoreStorm(Ground ground) {
        super(ground);
        leased = ground.mp().named("semaphore.leased").leasedSemaphore(PERMITS);
        plain = ground.mp().named("semaphore.plain").semaphore(1);
        bounded = ground.mp().named("semaphore.bounded").boundedSemaphore(1);
        insiders = new Insiders(ground.mp(), "semaphore.insiders");
    }

    @Override
    public String name() {
        return "semaphore";
    }

    @Override
    protected Task victim(LongArray roll, long serial) {
        return () -> Worker.victim(new SemaphoreStorm(Ground.of(roll)), serial);
    }

    @Override
    protected List<String> crashPoints() {
        return List.of("lease-K1", "lease-K2", "take-K1", "take-K2");
    }

    @Override
    protected void round(Worker me) throws InterruptedException {
        for (int i = 0; i < OPERATIONS; i++) {
            long began = System.nanoTime();
            if (acquire(me)) {
                if (System.nanoTime() - began > LONG_WAIT_NANOS) {
                    long dead = insiders.takeOutDead(me);
                    if (dead != 0) {
                        me.wentOn(dead, began);
                    }
                }
                insiders.enter(me, 0);
                var together = insiders.together(me);
                if (together.size() > PERMITS) {
                    me.violation(PERMITS + " permits, and inside are " + together);
                }
                me.dawdle();
                insiders.leave(me);
                leased.release();
                me.did();
            }
        }
        if (me.isSteady()) {
            use(plain, me);
            use(bounded, me);
        }
    }

    private boolean acquire(Worker me) throws InterruptedException {
        switch (me.pick(8)) {
            case 0 -> {
                return leased.tryAcquire();
            }
            case 1 -> {
                return leased.acquire(Duration.ofNanos(me.upTo(SHORT)));
            }
            default -> leased.acquire();
        }
        return true;
    }

    private static void use(Semaphore semaphore, Worker me) throws InterruptedException {
        semaphore.acquire();
        me.dawdle();
        if (semaphore.value() != 0) {
            me.violation("the only permit was taken, and there are " + semaphore.value());
        }
        semaphore.release();
    }

    @Override
    protected void settle(Findings findings) {
        if (leased.value() != PERMITS) {
            findings.leak(leased + ": not all permits have come back");
        }
        for (int i = 0; i < PERMITS; i++) {
            if (!leased.tryAcquire()) {
                findings.leak(leased + ": permit " + i + " can't be had");
            }
        }
        if (leased.tryAcquire()) {
            findings.violation(leased + ": there was a permit too many");
        }
        if (plain.value() != 1 || bounded.value() != 1) {
            findings.leak("1 permit each is expected: " + plain + ", " + bounded);
        }
    }
}
