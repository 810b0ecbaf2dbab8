package io.multiprocessing.testkit.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.Event;
import io.multiprocessing.Lock;
import io.multiprocessing.Process;
import io.multiprocessing.RLock;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds when a process dies at a kill point of a lock. */
class LockCrashTest extends CrashTest {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isTakenOver_whenItsHolderIsDead(boolean recursive) throws Exception {
        Lock lock = recursive ? mp.rlock() : mp.lock();
        Instant before = Instant.now();
        Process child = CrashHarness.start(mp, "lock-K1", lock::acquire);
        CrashHarness.assertKilled(child, "lock-K1");

        assertThat(lock.isLocked()).isTrue();
        assertThat(lock.toString()).contains("which has died");
        recovered(() -> {
            lock.acquire();
            assertThat(Objects.requireNonNull(lock.abandonment()).pid())
                    .isEqualTo(child.pid().getAsLong());
            assertThat(lock.abandonment().takenOver()).isAfterOrEqualTo(before.minusMillis(1));
            lock.release();
            assertThat(lock.abandonment()).isNull();
            return null;
        });
        assertThat(lock.tryAcquire()).isTrue();
        assertThat(lock.abandonment()).isNull();
    }

    @Test
    void tryAcquireTakesOver_whenItsHolderIsDead() throws Exception {
        Lock lock = mp.lock();
        CrashHarness.killChildAt(mp, "lock-K1", lock::acquire);
        assertThat(lock.tryAcquire()).isTrue();
        assertThat(lock.abandonment()).isNotNull();
    }

    @Test
    void whoWaitsTakesOver_whenItsHolderIsKilled() throws Exception {
        RLock lock = mp.rlock();
        Event held = mp.event();
        Event never = mp.event();
        Process child = mp.process(() -> {
                    lock.acquire();
                    lock.acquire();
                    held.set();
                    never.await();
                })
                .start();
        held.await();
        Future<Boolean> first = begin(() -> acquireAndRelease(lock));
        Future<Boolean> second = begin(() -> acquireAndRelease(lock));
        assertThat(first.isDone() || second.isDone()).isFalse();
        kill(child);
        boolean firstTookOver = recovered(first);
        boolean secondTookOver = recovered(second);
        assertThat(firstTookOver).isNotEqualTo(secondTookOver);
    }

    @Test
    void goesOn_whenAWaiterIsDead() throws Exception {
        Lock lock = mp.lock();
        lock.acquire();
        CrashHarness.killChildAt(mp, "lock-K2", lock::acquire);
        lock.release();
        assertThat(recovered(() -> acquireAndRelease(lock))).isFalse();
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    void whoWaitsGoesOn_whenItsHolderDiedBeforeItWokeAnybody() throws Exception {
        Lock lock = mp.lock();
        Event held = mp.event();
        Process child = CrashHarness.start(mp, "lock-K3", () -> {
            while (true) {
                lock.acquire();
                held.set();
                Thread.sleep(200); // until somebody waits
                lock.release();
            }
        });
        held.await();
        Future<Boolean> waiter = begin(() -> acquireAndRelease(lock));
        CrashHarness.assertKilled(child, "lock-K3");
        assertThat(recovered(waiter)).isFalse();
    }

    @Test
    void isTakenOverAgain_whenWhoTookItOverIsDead() throws Exception {
        Lock lock = mp.lock();
        CrashHarness.killChildAt(mp, "lock-K1", lock::acquire);
        Process second = CrashHarness.start(mp, "lock-K4", lock::acquire);
        CrashHarness.assertKilled(second, "lock-K4");
        recovered(() -> {
            lock.acquire();
            assertThat(Objects.requireNonNull(lock.abandonment()).pid())
                    .isEqualTo(second.pid().getAsLong());
            lock.release();
            return null;
        });
    }

    /** Says whether the lock was taken over. */
    private static boolean acquireAndRelease(Lock lock) throws InterruptedException {
        lock.acquire();
        boolean tookOver = lock.abandonment() != null;
        lock.release();
        return tookOver;
    }
}
