package io.multiprocessing.testkit.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.Event;
import io.multiprocessing.Process;
import io.multiprocessing.Semaphore;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds when a process dies at a kill point of a semaphore. */
class SemaphoreCrashTest extends CrashTest {
    @Test
    void aPermitOfADeadProcessIsGone() throws Exception {
        Semaphore semaphore = mp.boundedSemaphore(2);
        CrashHarness.killChildAt(mp, "semaphore-K1", semaphore::acquire);
        assertThat(semaphore.value()).isEqualTo(1);
        assertThat(semaphore.tryAcquire()).isTrue();
        assertThat(semaphore.tryAcquire()).isFalse();
        semaphore.release(2);
        assertThat(semaphore.value()).isEqualTo(2);
    }

    @Test
    void whoWaitsGoesOn_whenTheGiverDiedBeforeItWokeAnybody() throws Exception {
        Semaphore semaphore = mp.semaphore(0);
        Future<Boolean> first = begin(acquiring(semaphore));
        Future<Boolean> second = begin(acquiring(semaphore));
        CrashHarness.killChildAt(mp, "semaphore-K2", () -> semaphore.release(2));
        assertThat(recovered(first)).isTrue();
        assertThat(recovered(second)).isTrue();
        assertThat(semaphore.value()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void goesOn_whenAWaiterIsDead(boolean leased) throws Exception {
        Semaphore semaphore = leased ? mp.leasedSemaphore(1) : mp.semaphore(1);
        semaphore.acquire();
        CrashHarness.killChildAt(mp, "take-K1", semaphore::acquire);
        Future<Boolean> waiter = begin(acquiring(semaphore));
        semaphore.release();
        assertThat(recovered(waiter)).isTrue();
        assertThat(semaphore.value()).isZero();
    }

    @Test
    void aLeasedPermitOfADeadProcessComesBack() throws Exception {
        Semaphore semaphore = mp.leasedSemaphore(3);
        semaphore.acquire();
        CrashHarness.killChildAt(mp, "lease-K1:2", () -> {
            semaphore.acquire();
            semaphore.acquire();
        });
        assertThat(semaphore.value()).isEqualTo(2);
        assertThat(semaphore.tryAcquire()).isTrue();
        assertThat(recovered(acquiring(semaphore))).isTrue();
        assertThat(semaphore.value()).isZero();
        assertThat(semaphore.tryAcquire()).isFalse();
        semaphore.release(3);
        assertThat(semaphore.value()).isEqualTo(3);
    }

    @Test
    void whoWaitsGetsALeasedPermit_whenItsHolderIsKilled() throws Exception {
        Semaphore semaphore = mp.leasedSemaphore(1);
        Event held = mp.event();
        Event never = mp.event();
        Process child = mp.process(() -> {
                    semaphore.acquire();
                    held.set();
                    never.await();
                })
                .start();
        held.await();
        assertThat(semaphore.value()).isZero();
        assertThat(semaphore.tryAcquire()).isFalse();
        Future<Boolean> waiter = begin(acquiring(semaphore));
        kill(child);
        assertThat(recovered(waiter)).isTrue();
    }

    @Test
    void aLeasedPermitComesBack_whenItsHolderEndsInGoodOrder() throws Exception {
        Semaphore semaphore = mp.leasedSemaphore(1);
        Process child = mp.process(semaphore::acquire).start();
        child.join();
        assertThat(child.exitCode()).hasValue(0);
        assertThat(semaphore.value()).isEqualTo(1);
        assertThat(recovered(acquiring(semaphore))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lease-K2", "take-K2"})
    void whoWaitsGetsALeasedPermit_whenTheGiverDiedBeforeItWokeAnybody(String crashPoint) throws Exception {
        Semaphore semaphore = mp.leasedSemaphore(1);
        Event held = mp.event();
        Event goOn = mp.event();
        Process child = CrashHarness.start(mp, crashPoint, () -> {
            semaphore.acquire();
            held.set();
            goOn.await();
            while (true) {
                semaphore.release();
                semaphore.acquire();
                Thread.sleep(200); // until somebody waits
            }
        });
        held.await();
        Future<Boolean> waiter = begin(acquiring(semaphore));
        assertThat(waiter.isDone()).isFalse();
        goOn.set();
        CrashHarness.assertKilled(child, crashPoint);
        assertThat(recovered(waiter)).isTrue();
        assertThat(semaphore.value()).isZero();
    }

    private static Callable<Boolean> acquiring(Semaphore semaphore) {
        return () -> {
            semaphore.acquire();
            return true;
        };
    }
}
