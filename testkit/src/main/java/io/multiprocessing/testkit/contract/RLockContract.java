package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Condition;
import io.multiprocessing.Lock;
import io.multiprocessing.RLock;
import io.multiprocessing.testkit.jvm.Await;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a recursive lock does in every context. */
@SuppressWarnings("WaitNotInLoop")
public abstract class RLockContract extends SynchronizationContract {
    private RLock lock;

    @BeforeEach
    void make() {
        lock = mp.rlock();
    }

    @Test
    void itsOwnerAcquiresAgain_andReleasesAsOften() throws Exception {
        assertThat(lock.holdCount()).isZero();
        lock.acquire();
        assertThat(lock.acquire(NONE)).isTrue();
        assertThat(lock.tryAcquire()).isTrue();
        lock.lock();
        lock.lockInterruptibly();
        assertThat(lock.tryLock(Long.MAX_VALUE, TimeUnit.DAYS)).isTrue();
        assertThat(lock.holdCount()).isEqualTo(6);
        for (int left = 5; left >= 0; left--) {
            assertThat(lock.isLocked()).isTrue();
            assertThat(lock.isHeldByCurrentThread()).isTrue();
            lock.release();
            assertThat(lock.holdCount()).isEqualTo(left);
        }
        assertThat(lock.isLocked()).isFalse();
        assertThat(lock.isHeldByCurrentThread()).isFalse();
    }

    @Test
    void releaseIsRefused_whenNobodyOwnsIt() {
        assertThatThrownBy(lock::release).isInstanceOf(IllegalMonitorStateException.class);
        assertThat(lock.isLocked()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void anotherThreadNeitherAcquiresNorReleases(Threads.Kind kind) throws Exception {
        lock.acquire();
        try (Threads threads = kind.open()) {
            threads.run(() -> {
                assertThat(lock.holdCount()).isZero();
                assertThat(lock.isLocked()).isTrue();
                assertThat(lock.tryAcquire()).isFalse();
                assertTimesOut(() -> lock.acquire(SHORT), SHORT);
                assertThatThrownBy(lock::release).isInstanceOf(IllegalMonitorStateException.class);
            });
            threads.join();
        }
        assertThat(lock.holdCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void anotherThreadAcquires_whenItIsReleasedAsOftenAsAcquired(Threads.Kind kind) throws Exception {
        lock.acquire();
        lock.acquire();
        try (Threads threads = kind.open()) {
            Threads.Running<Void> other = startAndLetWait(threads, () -> {
                lock.acquire();
                lock.release();
            });
            lock.release();
            assertThat(other.isDone()).isFalse();
            lock.release();
            threads.join();
        }
        assertThat(lock.tryAcquire()).isTrue();
    }

    @Test
    void holdsNest() throws Exception {
        try (var outer = lock.hold()) {
            try (var inner = lock.hold()) {
                assertThat(inner).isNotSameAs(outer);
                assertThat(lock.holdCount()).isEqualTo(2);
            }
            assertThat(lock.holdCount()).isEqualTo(1);
        }
        assertThat(lock.isLocked()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void acquireIsInterruptible(Threads.Kind kind) throws Exception {
        lock.acquire();
        assertInterruptible(kind, lock::acquire);
        assertInterruptible(kind, () -> lock.acquire(ENDLESS));
        assertInterruptible(kind, lock::hold);
        assertThat(lock.holdCount()).isEqualTo(1);
    }

    @Test
    void acquireHeedsAnInterrupt_evenIfItIsFreeOrOurs() throws Exception {
        for (int depth = 0; depth < 2; depth++) {
            for (Threads.Work work : List.<Threads.Work>of(
                    lock::acquire, () -> lock.acquire(NONE), () -> lock.acquire(ENDLESS), lock::hold)) {
                Thread.currentThread().interrupt();
                assertThatThrownBy(work::run).isInstanceOf(InterruptedException.class);
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
            }
            assertThat(lock.holdCount()).isEqualTo(depth);
            lock.acquire();
        }
    }

    @Test
    void nothingWorks_whenTheContextIsClosed_evenForItsOwner() throws Exception {
        lock.acquire();
        mp.close();
        assertThatThrownBy(lock::acquire).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> lock.acquire(ENDLESS)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(lock::tryAcquire).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(lock::lock).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(lock::isLocked).isInstanceOf(IllegalStateException.class);
        lock.release(); // as a block does that it is held in
        assertThat(lock.holdCount()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void waitersEndWithTheContext(Threads.Kind kind) throws Exception {
        lock.acquire();
        assertEndsWithContext(kind, lock::acquire);
        assertThat(lock).hasToString("RLock[closed]");
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void excludes(Threads.Kind kind) throws Exception {
        int[] count = {0};
        try (Threads threads = kind.open()) {
            for (int i = 0; i < 4; i++) {
                threads.run(() -> {
                    for (int j = 0; j < 3_000; j++) {
                        lock.acquire();
                        lock.acquire();
                        count[0]++;
                        lock.release();
                        count[0]++;
                        lock.release();
                    }
                });
            }
            threads.join();
        }
        assertThat(count[0]).isEqualTo(24_000);
    }

    @Test
    void manyVirtualThreadsTakeTurns() throws Exception {
        int[] count = {0};
        lock.acquire();
        try (Threads threads = Threads.Kind.VIRTUAL.open()) {
            assertDoesNotPin(threads, () -> {
                lock.acquire();
                lock.acquire();
                count[0]++;
                lock.release();
                lock.release();
            });
            lock.release();
            threads.join();
        }
        assertThat(count[0]).isEqualTo(MANY);
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void awaitReleasesItWholly(Threads.Kind kind) throws Exception {
        Condition condition = lock.newCondition();
        try (Threads threads = kind.open()) {
            Threads.Running<Integer> waiter = threads.start(() -> {
                lock.acquire();
                lock.acquire();
                lock.acquire();
                assertThat(condition.await(Await.LIMIT)).isTrue();
                int depth = lock.holdCount();
                for (int i = 0; i < depth; i++) {
                    lock.release();
                }
                return depth;
            });
            while (!waiter.isDone()) {
                lock.acquire();
                condition.signalAll();
                lock.release();
            }
            assertThat(waiter.get()).isEqualTo(3);
        }
    }

    @Test
    void aCopyIsTheSameLock_withTheSameOwner() throws Exception {
        lock.acquire();
        RLock copy = Travel.copyOf(lock);
        assertThat(copy).isEqualTo(lock).hasSameHashCodeAs(lock);
        assertThat(copy.holdCount()).isEqualTo(1);
        assertThat(copy.tryAcquire()).isTrue();
        assertThat(lock.holdCount()).isEqualTo(2);
        copy.release();
        lock.release();
        assertThat(copy.isLocked()).isFalse();
    }

    @Test
    void toStringNamesTheHolder() throws Exception {
        assertThat(lock).hasToString("RLock[free]");
        Thread.currentThread().setName("me");
        lock.acquire();
        assertThat(lock).hasToString("RLock[held by thread me of this process, 1 deep]");
        Lock other = mp.rlock();
        assertThat(other).hasToString("RLock[free]");
    }
}
