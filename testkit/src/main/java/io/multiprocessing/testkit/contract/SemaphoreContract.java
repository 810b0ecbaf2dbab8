package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Context;
import io.multiprocessing.Lock;
import io.multiprocessing.Semaphore;
import io.multiprocessing.testkit.jvm.Await;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What semaphores of the three kinds do in every context. */
public abstract class SemaphoreContract extends SynchronizationContract {
    /** The kinds of semaphores. */
    enum Kind {
        PLAIN,
        BOUNDED,
        LEASED;

        Semaphore make(Context mp, int permits) {
            return switch (this) {
                case PLAIN -> mp.semaphore(permits);
                case BOUNDED -> mp.boundedSemaphore(permits);
                case LEASED -> mp.leasedSemaphore(permits);
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void acquireTakesAPermit_releaseGivesIt(Kind kind) throws Exception {
        Semaphore semaphore = kind.make(mp, 3);
        assertThat(semaphore.value()).isEqualTo(3);
        semaphore.acquire();
        assertThat(semaphore.value()).isEqualTo(2);
        assertThat(semaphore.tryAcquire()).isTrue();
        assertThat(semaphore.value()).isEqualTo(1);
        assertThat(semaphore.acquire(NONE)).isTrue();
        assertThat(semaphore.value()).isZero();
        semaphore.release();
        assertThat(semaphore.value()).isEqualTo(1);
        semaphore.release(2);
        assertThat(semaphore.value()).isEqualTo(3);
        assertThat(semaphore.acquire(ENDLESS)).isTrue();
        assertThat(semaphore.value()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void acquireTimesOut_whenThereIsNone(Kind kind) throws Exception {
        Semaphore semaphore = kind.make(mp, 1);
        semaphore.acquire();
        assertThat(semaphore.tryAcquire()).isFalse();
        assertThat(semaphore.acquire(NONE)).isFalse();
        assertThat(semaphore.acquire(Duration.ofSeconds(-5))).isFalse();
        assertTimesOut(() -> semaphore.acquire(SHORT), SHORT);
        try (Threads threads = Threads.Kind.VIRTUAL.open()) {
            threads.run(() -> assertTimesOut(() -> semaphore.acquire(SHORT), SHORT));
            threads.run(() -> assertTimesOut(() -> semaphore.acquire(SHORT), SHORT));
            threads.join();
        }
        assertThat(semaphore.value()).isZero();
    }

    @Test
    void plainMayRiseAboveItsBeginning() {
        Semaphore semaphore = mp.semaphore(0);
        semaphore.release(5);
        semaphore.release();
        assertThat(semaphore.value()).isEqualTo(6);
    }

    @Test
    void plainDoesNotOverflow() {
        Semaphore semaphore = mp.semaphore(Integer.MAX_VALUE - 1);
        assertThatThrownBy(() -> semaphore.release(2)).isInstanceOf(IllegalStateException.class);
        assertThat(semaphore.value()).isEqualTo(Integer.MAX_VALUE - 1);
        semaphore.release();
        assertThatThrownBy(semaphore::release).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> semaphore.release(Integer.MAX_VALUE)).isInstanceOf(IllegalStateException.class);
        assertThat(semaphore.value()).isEqualTo(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @EnumSource(names = {"BOUNDED", "LEASED"})
    void boundedRefusesMoreThanItBeganWith(Kind kind) throws Exception {
        Semaphore semaphore = kind.make(mp, 2);
        assertThatThrownBy(semaphore::release).isInstanceOf(IllegalStateException.class);
        semaphore.acquire();
        assertThatThrownBy(() -> semaphore.release(2)).isInstanceOf(IllegalStateException.class);
        assertThat(semaphore.value()).isEqualTo(1);
        semaphore.release();
        assertThatThrownBy(semaphore::release).isInstanceOf(IllegalStateException.class);
        assertThat(semaphore.value()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void refusesToReleaseLessThanOne(Kind kind) {
        Semaphore semaphore = kind.make(mp, 1);
        assertThatThrownBy(() -> semaphore.release(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> semaphore.release(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(semaphore.value()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"PLAIN,-1", "BOUNDED,-1", "LEASED,-1", "LEASED,0", "LEASED,4097"})
    void refusesNumbersThatItCannotHave(Kind kind, int permits) {
        assertThatThrownBy(() -> kind.make(mp, permits)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void leasedMayHaveManyPermits() throws Exception {
        Semaphore semaphore = mp.leasedSemaphore(4096);
        for (int left = 4095; left >= 0; left--) {
            assertThat(semaphore.tryAcquire()).isTrue();
        }
        assertThat(semaphore.tryAcquire()).isFalse();
        semaphore.release(4096);
        assertThat(semaphore.value()).isEqualTo(4096);
        for (int i = 0; i < 4096; i++) {
            semaphore.acquire();
        }
        try (Threads threads = Threads.Kind.VIRTUAL.open()) {
            Threads.Running<Void> waiter = startAndLetWait(threads, semaphore::acquire);
            mp.close();
            assertThat(waiter.failure()).isInstanceOf(IllegalStateException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anyThreadMayRelease(Kind kind) throws Exception {
        Semaphore semaphore = kind.make(mp, 1);
        try (Threads threads = Threads.Kind.PLATFORM.open()) {
            threads.run(semaphore::acquire);
            threads.join();
        }
        semaphore.release();
        assertThat(semaphore.value()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void holdReleasesOnce(Kind kind) throws Exception {
        Semaphore semaphore = kind.make(mp, 2);
        semaphore.acquire();
        Lock.Hold held = semaphore.hold();
        try (held) {
            assertThat(semaphore.value()).isZero();
        }
        held.close();
        assertThat(semaphore.value()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "PLAIN,PLATFORM",
        "PLAIN,VIRTUAL",
        "BOUNDED,PLATFORM",
        "BOUNDED,VIRTUAL",
        "LEASED,PLATFORM",
        "LEASED,VIRTUAL"
    })
    void releaseLetsAsManyGoOn(Kind kind, Threads.Kind threadKind) throws Exception {
        Semaphore semaphore = kind.make(mp, 6);
        for (int i = 0; i < 6; i++) {
            semaphore.acquire();
        }
        AtomicInteger gone = new AtomicInteger();
        try (Threads threads = threadKind.open()) {
            for (int i = 0; i < 6; i++) {
                startAndLetWait(threads, () -> {
                    semaphore.acquire();
                    gone.incrementAndGet();
                });
            }
            assertThat(gone).hasValue(0);
            semaphore.release();
            Await.until("one goes on", () -> gone.get() == 1);
            semaphore.release(2);
            Await.until("two go on", () -> gone.get() == 3);
            assertThat(semaphore.value()).isZero();
            semaphore.release(3);
            threads.join();
        }
        assertThat(gone).hasValue(6);
        assertThat(semaphore.value()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"PLAIN,PLATFORM", "PLAIN,VIRTUAL", "LEASED,PLATFORM", "LEASED,VIRTUAL"})
    void acquireIsInterruptible(Kind kind, Threads.Kind threadKind) throws Exception {
        Semaphore semaphore = kind.make(mp, 1);
        semaphore.acquire();
        assertInterruptible(threadKind, semaphore::acquire);
        assertInterruptible(threadKind, () -> semaphore.acquire(ENDLESS));
        assertInterruptible(threadKind, semaphore::hold);
        semaphore.release();
        assertThat(semaphore.value()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"PLAIN,PLATFORM", "PLAIN,VIRTUAL", "LEASED,PLATFORM", "LEASED,VIRTUAL"})
    void waitersEndWithTheContext(Kind kind, Threads.Kind threadKind) throws Exception {
        Semaphore semaphore = kind.make(mp, 1);
        semaphore.acquire();
        assertEndsWithContext(threadKind, semaphore::acquire);
        assertThatThrownBy(semaphore::tryAcquire).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(semaphore::value).isInstanceOf(IllegalStateException.class);
        assertThat(semaphore.toString()).contains("closed");
    }

    @ParameterizedTest
    @EnumSource
    void noMoreThanItsPermitsGoOnAtATime(Kind kind) throws Exception {
        Semaphore semaphore = kind.make(mp, 3);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger total = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            semaphore.acquire();
        }
        try (Threads threads = Threads.Kind.VIRTUAL.open()) {
            assertDoesNotPin(threads, () -> {
                semaphore.acquire();
                assertThat(inside.incrementAndGet()).isLessThanOrEqualTo(3);
                Thread.sleep(0, 1);
                total.incrementAndGet();
                inside.decrementAndGet();
                semaphore.release();
            });
            semaphore.release(3);
            threads.join();
        }
        assertThat(total).hasValue(MANY);
        assertThat(semaphore.value()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"PLAIN,PLATFORM", "PLAIN,VIRTUAL", "BOUNDED,PLATFORM", "BOUNDED,VIRTUAL"})
    void twoThreadsHandEachOtherAPermit(Kind kind, Threads.Kind threadKind) throws Exception {
        Semaphore ping = kind.make(mp, 1);
        Semaphore pong = kind.make(mp, 1);
        pong.acquire();
        try (Threads threads = threadKind.open()) {
            threads.run(() -> {
                for (int i = 0; i < 2_000; i++) {
                    ping.acquire();
                    pong.release();
                }
            });
            threads.run(() -> {
                for (int i = 0; i < 2_000; i++) {
                    pong.acquire();
                    ping.release();
                }
            });
            threads.join();
        }
        assertThat(ping.value()).isEqualTo(1);
        assertThat(pong.value()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aCopyIsTheSameSemaphore(Kind kind) throws Exception {
        Semaphore semaphore = kind.make(mp, 1);
        Semaphore copy = Travel.copyOf(semaphore);
        assertThat(copy).isEqualTo(semaphore).hasSameHashCodeAs(semaphore);
        copy.acquire();
        assertThat(semaphore.value()).isZero();
        assertThat(copy.context()).isSameAs(mp);
        semaphore.release();
        assertThat(copy.tryAcquire()).isTrue();
    }

    @Test
    void toStringSaysKindAndPermits() throws Exception {
        assertThat(mp.semaphore(2)).hasToString("Semaphore[2 permits]");
        Semaphore bounded = mp.boundedSemaphore(2);
        bounded.acquire();
        assertThat(bounded).hasToString("BoundedSemaphore[1 of 2 permits]");
        Semaphore leased = mp.leasedSemaphore(2);
        leased.acquire();
        assertThat(leased).hasToString("LeasedSemaphore[1 of 2 permits]");
    }
}
