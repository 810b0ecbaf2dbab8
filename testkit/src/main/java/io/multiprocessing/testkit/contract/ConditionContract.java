package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Condition;
import io.multiprocessing.Context;
import io.multiprocessing.Lock;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.RLock;
import io.multiprocessing.testkit.jvm.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a condition lets wait: for what, how long, and with which lock, in every context. */
@SuppressWarnings({"WaitNotInLoop", "JavaUtilDate"}) // it is the single call that is tested
public abstract class ConditionContract extends ConditionSuite {
    @Test
    void knowsItsLock() {
        assertThat(condition.lock()).isEqualTo(lock);
        Lock recursive = mp.rlock();
        assertThat(mp.condition(recursive).lock()).isEqualTo(recursive);
        assertThat(recursive.newCondition().lock()).isEqualTo(recursive);
        assertThat(mp.condition().lock()).isInstanceOf(RLock.class);
        assertThat(mp.condition().lock()).isNotEqualTo(mp.condition().lock());
    }

    @Test
    void refusesALockOfAnotherContext() {
        try (Context other = Multiprocessing.open(uri())) {
            Lock foreign = other.lock();
            assertThatThrownBy(() -> mp.condition(foreign)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void refusesWhoeverDoesNotHoldTheLock() throws Exception {
        for (Condition each : List.of(condition, mp.condition())) {
            for (Threads.Work work : List.<Threads.Work>of(
                    each::await,
                    () -> each.await(NONE),
                    () -> each.await(1, TimeUnit.SECONDS),
                    () -> each.awaitNanos(1),
                    () -> each.awaitUntil(new Date()),
                    each::awaitUninterruptibly,
                    () -> each.awaitUntil(() -> true),
                    () -> each.awaitUntil(() -> true, NONE),
                    each::signal,
                    () -> each.signal(2),
                    each::signalAll)) {
                assertThatThrownBy(work::run).isInstanceOf(IllegalMonitorStateException.class);
            }
            assertThat(each.lock().isLocked()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void awaitTimesOut_andHoldsTheLockAgain(Threads.Kind kind) throws Exception {
        try (Threads threads = kind.open()) {
            threads.run(() -> {
                lock.acquire();
                assertThat(condition.await(NONE)).isFalse();
                assertThat(condition.await(Duration.ofSeconds(-1))).isFalse();
                assertTimesOut(() -> condition.await(SHORT), SHORT);
                assertTimesOut(() -> condition.await(60, TimeUnit.MILLISECONDS), SHORT);
                assertTimesOut(() -> condition.awaitNanos(SHORT.toNanos()) > 0, SHORT);
                assertThat(condition.awaitUntil(Date.from(Instant.now().plus(SHORT))))
                        .isFalse();
                assertThat(condition.awaitUntil(new Date(Long.MIN_VALUE))).isFalse();
                assertThat(lock.isLocked()).isTrue();
                lock.release();
            });
            threads.join();
        }
        assertThat(lock.isLocked()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void awaitGoesOn_whenSignalled(Threads.Kind kind) throws Exception {
        try (Threads threads = kind.open()) {
            List<Threads.Running<Boolean>> all = new ArrayList<>();
            all.add(threads.start(() -> waitWith(() -> condition.await(ENDLESS))));
            all.add(threads.start(() -> waitWith(() -> condition.await(Long.MAX_VALUE, TimeUnit.DAYS))));
            all.add(threads.start(() -> waitWith(() -> condition.awaitNanos(Long.MAX_VALUE) > 0)));
            all.add(threads.start(() -> waitWith(() -> condition.awaitUntil(new Date(Long.MAX_VALUE)))));
            all.add(threads.start(() -> waitWith(() -> {
                condition.await();
                return true;
            })));
            all.add(threads.start(() -> waitWith(() -> {
                condition.awaitUninterruptibly();
                return true;
            })));
            awaitCome(6);
            signal(6);
            for (Threads.Running<Boolean> each : all) {
                assertThat(each.get()).isTrue();
            }
        }
        assertThat(lock.isLocked()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void awaitIsInterruptible_andHoldsTheLockAgain(Threads.Kind kind) throws Exception {
        assertInterruptible(kind, () -> {
            lock.acquire();
            try {
                condition.await();
            } finally {
                lock.release(); // throws if it does not hold the lock
            }
        });
        assertThat(lock.isLocked()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void awaitUninterruptiblyKeepsAnInterruptForLater(Threads.Kind kind) throws Exception {
        try (Threads threads = kind.open()) {
            Threads.Running<Boolean> waiter = threads.start(() -> waitWith(() -> {
                condition.awaitUninterruptibly();
                return Thread.interrupted();
            }));
            awaitCome(1);
            waiter.interrupt();
            assertThat(waiter.isDone()).isFalse();
            signal(1);
            assertThat(waiter.get()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void waitersEndWithTheContext(Threads.Kind kind) throws Exception {
        assertEndsWithContext(kind, () -> {
            lock.acquire();
            condition.await();
        });
        assertThatThrownBy(condition::signal).isInstanceOf(IllegalStateException.class);
        assertThat(condition).hasToString("Condition[closed]");
    }

    @Test
    void awaitUntilEvaluatesFirst() throws Exception {
        lock.acquire();
        condition.awaitUntil(() -> lock.isLocked());
        assertThat(condition.awaitUntil(() -> true, NONE)).isTrue();
        assertThat(condition.awaitUntil(() -> true, ENDLESS)).isTrue();
        assertThat(condition.awaitUntil(() -> false, NONE)).isFalse();
        assertTimesOut(() -> condition.awaitUntil(() -> false, SHORT), SHORT);
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void awaitUntilEvaluatesAgainAfterEachSignal(Threads.Kind kind) throws Exception {
        int[] state = {0};
        try (Threads threads = kind.open()) {
            threads.run(() -> waitWith(() -> {
                condition.awaitUntil(() -> state[0] >= 4);
                return true;
            }));
            threads.run(() -> assertThat(waitWith(() -> condition.awaitUntil(() -> state[0] == 4, ENDLESS)))
                    .isTrue());
            awaitCome(2);
            for (int i = 0; i < 4; i++) {
                lock.acquire();
                state[0]++;
                condition.signalAll();
                lock.release();
            }
            threads.join();
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void awaitUntilTimesOut_howeverManySignalsCome(Threads.Kind kind) throws Exception {
        try (Threads threads = kind.open()) {
            Threads.Running<Void> waiter = threads.run(() -> waitWith(() -> {
                assertTimesOut(() -> condition.awaitUntil(() -> false, SHORT), SHORT);
                return true;
            }));
            while (!waiter.isDone()) {
                signal(1);
            }
            waiter.get();
        }
    }

    @Test
    void aCopyIsTheSameCondition() throws Exception {
        for (Condition original : List.of(condition, mp.condition())) {
            Condition copy = Travel.copyOf(original);
            assertThat(copy).isEqualTo(original).hasSameHashCodeAs(original);
            assertThat(copy.lock()).isEqualTo(original.lock());
            try (Threads threads = Threads.Kind.VIRTUAL.open()) {
                Threads.Running<Boolean> waiter = threads.start(() -> {
                    original.lock().acquire();
                    come++;
                    boolean signalled = original.await(ENDLESS);
                    original.lock().release();
                    return signalled;
                });
                Await.until("it waits", () -> {
                    copy.lock().acquire();
                    boolean waits = come > 0;
                    copy.lock().release();
                    return waits;
                });
                copy.lock().acquire();
                copy.signal();
                copy.lock().release();
                assertThat(waiter.get()).isTrue();
                come = 0;
            }
        }
    }

    @Test
    void toStringSaysHowManyWait() throws Exception {
        assertThat(condition).hasToString("Condition[0 wait, Lock[free]]");
        try (Threads threads = Threads.Kind.VIRTUAL.open()) {
            startWaiters(threads, 2);
            assertThat(condition.toString()).startsWith("Condition[2 wait, Lock[");
        }
    }
}
