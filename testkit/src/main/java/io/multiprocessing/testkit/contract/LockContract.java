package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Lock;
import io.multiprocessing.testkit.jvm.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a lock does in every context. */
public abstract class LockContract extends SynchronizationContract {
    private Lock lock;

    @BeforeEach
    void make() {
        lock = mp.lock();
    }

    @Test
    void acquiresWhatIsFree() throws Exception {
        assertThat(lock.isLocked()).isFalse();
        lock.acquire();
        assertThat(lock.isLocked()).isTrue();
        lock.release();
        assertThat(lock.tryAcquire()).isTrue();
        lock.release();
        assertThat(lock.acquire(NONE)).isTrue();
        lock.release();
        assertThat(lock.acquire(Duration.ofSeconds(-1))).isTrue();
        lock.release();
        assertThat(lock.acquire(ENDLESS)).isTrue();
        lock.release();
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    void doesNotAcquireWhatIsHeld_evenByTheSameThread() throws Exception {
        lock.acquire();
        assertThat(lock.tryAcquire()).isFalse();
        assertThat(lock.tryLock()).isFalse();
        assertThat(lock.acquire(NONE)).isFalse();
        assertThat(lock.acquire(Duration.ofSeconds(Long.MIN_VALUE))).isFalse();
        assertTimesOut(() -> lock.acquire(SHORT), SHORT);
        assertTimesOut(() -> lock.tryLock(60, TimeUnit.MILLISECONDS), SHORT);
    }

    @Test
    void releaseIsRefused_whenNobodyHoldsIt() {
        assertThatThrownBy(lock::release).isInstanceOf(IllegalMonitorStateException.class);
        assertThatThrownBy(lock::unlock).isInstanceOf(IllegalMonitorStateException.class);
        assertThat(lock.tryAcquire()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void anyThreadMayRelease(Threads.Kind kind) throws Exception {
        lock.acquire();
        try (Threads threads = kind.open()) {
            threads.run(lock::release);
            threads.join();
        }
        assertThat(lock.tryAcquire()).isTrue();
    }

    @Test
    void holdReleasesOnce() throws Exception {
        Lock.Hold held = lock.hold();
        try (held) {
            assertThat(lock.isLocked()).isTrue();
        }
        assertThat(lock.isLocked()).isFalse();
        lock.acquire();
        held.close();
        assertThat(lock.isLocked()).isTrue();
    }

    @Test
    @SuppressWarnings("LockNotBeforeTry")
    void isALockOfJava() throws Exception {
        lock.lock();
        assertThat(lock.isLocked()).isTrue();
        lock.unlock();
        lock.lockInterruptibly();
        lock.unlock();
        assertThat(lock.tryLock()).isTrue();
        lock.unlock();
        assertThat(lock.tryLock(Long.MAX_VALUE, TimeUnit.DAYS)).isTrue();
        lock.unlock();
        assertThat(lock.newCondition().lock()).isEqualTo(lock);
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void acquireWaitsForRelease(Threads.Kind kind) throws Exception {
        lock.acquire();
        try (Threads threads = kind.open()) {
            Threads.Running<Void> first = startAndLetWait(threads, lock::acquire);
            Threads.Running<Void> second = startAndLetWait(threads, () -> lock.acquire(ENDLESS));
            Threads.Running<Void> third = startAndLetWait(threads, lock::lock);
            assertThat(first.isDone() || second.isDone() || third.isDone()).isFalse();
            for (int i = 0; i < 3; i++) {
                int ended = i;
                lock.release();
                Await.until(
                        "one more has the lock",
                        () -> Stream.of(first, second, third)
                                        .filter(Threads.Running::isDone)
                                        .count()
                                == ended + 1);
            }
            assertThat(lock.isLocked()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void acquireIsInterruptible(Threads.Kind kind) throws Exception {
        assertThat(lock.tryAcquire()).isTrue();
        assertInterruptible(kind, lock::acquire);
        assertInterruptible(kind, () -> lock.acquire(ENDLESS));
        assertInterruptible(kind, lock::lockInterruptibly);
        assertInterruptible(kind, () -> lock.tryLock(1, TimeUnit.DAYS));
        assertInterruptible(kind, lock::hold);
    }

    @Test
    void acquireHeedsAnInterrupt_evenIfItIsFree() {
        for (Threads.Work work : List.<Threads.Work>of(
                lock::acquire, () -> lock.acquire(NONE), () -> lock.acquire(ENDLESS), lock::hold)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(work::run).isInstanceOf(InterruptedException.class);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
        assertThat(lock.isLocked()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void lockKeepsAnInterruptForLater(Threads.Kind kind) throws Exception {
        lock.acquire();
        try (Threads threads = kind.open()) {
            Threads.Running<Boolean> waiter = threads.start(() -> {
                lock.lock();
                return Thread.interrupted();
            });
            waiter.interrupt();
            assertThat(waiter.isDone()).isFalse();
            lock.release();
            assertThat(waiter.get()).isTrue();
            assertThat(lock.isLocked()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void waitersEndWithTheContext(Threads.Kind kind) throws Exception {
        lock.acquire();
        assertEndsWithContext(kind, lock::acquire);
    }

    @Test
    void manyWaitersEndWithTheContext() throws Exception {
        lock.acquire();
        try (Threads threads = Threads.Kind.VIRTUAL.open()) {
            assertDoesNotPin(threads, lock::acquire);
            mp.close();
            assertThat(threads.run(lock::acquire).failure()).isInstanceOf(IllegalStateException.class);
            for (int i = 0; i < MANY; i++) {
                assertThat(threads.failure(i)).isInstanceOf(IllegalStateException.class);
            }
        }
    }

    @Test
    void nothingWorks_whenTheContextIsClosed() {
        mp.close();
        assertThatThrownBy(lock::acquire).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(lock::tryAcquire).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(lock::lock).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(lock::isLocked).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(mp::lock).isInstanceOf(IllegalStateException.class);
        assertThat(lock).hasToString("Lock[closed]");
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void excludes(Threads.Kind kind) throws Exception {
        int[] count = {0};
        try (Threads threads = kind.open()) {
            for (int i = 0; i < 4; i++) {
                threads.run(() -> {
                    for (int j = 0; j < 5_000; j++) {
                        lock.acquire();
                        count[0]++;
                        lock.release();
                    }
                });
            }
            threads.join();
        }
        assertThat(count[0]).isEqualTo(20_000);
    }

    @Test
    void manyVirtualThreadsTakeTurns() throws Exception {
        int[] count = {0};
        lock.acquire();
        try (Threads threads = Threads.Kind.VIRTUAL.open()) {
            assertDoesNotPin(threads, () -> {
                lock.acquire();
                count[0]++;
                lock.release();
            });
            lock.release();
            threads.join();
        }
        assertThat(count[0]).isEqualTo(MANY);
    }

    @Test
    void aHundredThousandCanBeMade() {
        for (int i = 0; i < 100_000; i++) {
            assertThat(mp.lock().tryAcquire()).isTrue();
        }
    }

    @Test
    void locksAreIndependent() {
        Lock other = mp.lock();
        assertThat(lock.tryAcquire()).isTrue();
        assertThat(other.isLocked()).isFalse();
        assertThat(other).isNotEqualTo(lock);
    }

    @Test
    void aCopyIsTheSameLock() throws Exception {
        Lock copy = Travel.copyOf(lock);
        assertThat(copy).isEqualTo(lock).hasSameHashCodeAs(lock);
        assertThat(copy.context()).isSameAs(mp);
        lock.acquire();
        assertThat(copy.tryAcquire()).isFalse();
        copy.release();
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    void wasNotTakenOver() throws Exception {
        assertThat(lock.abandonment()).isNull();
        lock.acquire();
        assertThat(lock.abandonment()).isNull();
    }

    @Test
    void toStringNamesTheHolder() throws Exception {
        assertThat(lock).hasToString("Lock[free]");
        lock.acquire();
        assertThat(lock).hasToString("Lock[held by this process]");
    }
}
