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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a condition does in every context. */
@SuppressWarnings({"WaitNotInLoop", "JavaUtilDate"}) // it is the single call that is tested
public abstract class ConditionContract extends SynchronizationContract {
    private Lock lock;
    private Condition condition;

    /** How many have come to wait; read and written with the lock. */
    private int come;

    /** Who has gone on, in their order; read and written with the lock. */
    private final List<Integer> gone = new ArrayList<>();

    @BeforeEach
    void make() {
        lock = mp.lock();
        condition = mp.condition(lock);
    }

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

    @Test
    void refusesToSignalToLessThanOne() throws Exception {
        lock.acquire();
        assertThatThrownBy(() -> condition.signal(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> condition.signal(-1)).isInstanceOf(IllegalArgumentException.class);
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
    void signalWakesAsManyAsItSays_whoWaitsLongestFirst(Threads.Kind kind) throws Exception {
        try (Threads threads = kind.open()) {
            startWaiters(threads, 6);
            signal(2);
            assertGoneInOrder(2);
            signal(1);
            assertGoneInOrder(3);
            signal(4);
            assertGoneInOrder(6);
            threads.join();
        }
    }

    @Test
    void aSignalToNobodyIsForgotten() throws Exception {
        signal(3);
        lock.acquire();
        condition.signalAll();
        assertThat(condition.await(SHORT)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void signalAllWakesAll(Threads.Kind kind) throws Exception {
        try (Threads threads = kind.open()) {
            startWaiters(threads, 40);
            lock.acquire();
            condition.signalAll();
            lock.release();
            threads.join();
        }
        assertThat(gone).hasSize(40);
    }

    @Test
    void tenThousandVirtualThreadsWait() throws Exception {
        int count = 10_000;
        try (Threads threads = Threads.Kind.VIRTUAL.open()) {
            for (int i = 0; i < count; i++) {
                threads.run(() -> wait(0));
            }
            awaitCome(count);
            signal(1);
            Await.until("one goes on", () -> goneCount() == 1);
            signal(99);
            Await.until("a hundred go on", () -> goneCount() == 100);
            lock.acquire();
            condition.signalAll();
            lock.release();
            threads.join();
        }
        assertThat(gone).hasSize(count);
    }

    @Test
    void manyVirtualThreadsGoOnOneByOne() throws Exception {
        try (Threads threads = Threads.Kind.VIRTUAL.open()) {
            startWaiters(threads, 300);
            for (int i = 0; i < 300; i++) {
                signal(1);
            }
            threads.join();
        }
        assertThat(gone)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 300).boxed().toList());
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
    void noSignalIsLost_whenAWaiterIsInterrupted(Threads.Kind kind) throws Exception {
        assertNoSignalIsLost(kind, Threads.Running::interrupt);
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void noSignalIsLost_whenATimeIsOver(Threads.Kind kind) throws Exception {
        assertNoSignalIsLost(kind, waiter -> {});
    }

    /** Of two waiters one gives up while one signal is given: one of them gets it. */
    private void assertNoSignalIsLost(Threads.Kind kind, Consumer<Threads.Running<Boolean>> giveUp) throws Exception {
        try (Threads threads = kind.open()) {
            for (int i = 0; i < 100; i++) {
                come = 0;
                Duration timeout = Duration.ofNanos(i * 20_000L);
                Threads.Running<Boolean> hasty = threads.start(() -> waitWith(() -> condition.await(timeout)));
                awaitCome(1);
                Threads.Running<Boolean> patient = threads.start(() -> waitWith(() -> condition.await(ENDLESS)));
                awaitCome(2);
                giveUp.accept(hasty);
                signal(1);
                boolean hastyGotIt;
                try {
                    hastyGotIt = hasty.get();
                } catch (InterruptedException interrupted) {
                    hastyGotIt = false;
                }
                if (hastyGotIt) {
                    assertThat(patient.isDone()).isFalse();
                    signal(1);
                }
                assertThat(patient.get()).isTrue();
            }
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

    @ParameterizedTest
    @MethodSource
    void conditionsOfOneLockAreIndependent(Threads.Kind kind, int producers, int consumers) throws Exception {
        Condition notEmpty = condition;
        Condition notFull = lock.newCondition();
        var items = new ArrayDeque<Integer>();
        int each = 600 / producers;
        int[] sum = {0};
        try (Threads threads = kind.open()) {
            for (int p = 0; p < producers; p++) {
                threads.run(() -> {
                    for (int i = 0; i < each; i++) {
                        lock.acquire();
                        notFull.awaitUntil(() -> items.size() < 3);
                        items.add(i);
                        notEmpty.signal();
                        lock.release();
                    }
                });
            }
            for (int c = 0; c < consumers; c++) {
                threads.run(() -> {
                    for (int i = 0; i < 600 / consumers; i++) {
                        lock.acquire();
                        notEmpty.awaitUntil(() -> !items.isEmpty());
                        sum[0] += items.remove();
                        notFull.signal();
                        lock.release();
                    }
                });
            }
            threads.join();
        }
        assertThat(sum[0]).isEqualTo(producers * each * (each - 1) / 2);
        assertThat(items).isEmpty();
    }

    static Stream<Arguments> conditionsOfOneLockAreIndependent() {
        return Stream.of(Threads.Kind.values())
                .flatMap(kind -> Stream.of(Arguments.of(kind, 1, 1), Arguments.of(kind, 3, 2)));
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

    /** Starts waiters that come in the order of their numbers. */
    private void startWaiters(Threads threads, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            int number = i;
            threads.run(() -> wait(number));
            awaitCome(i + 1);
        }
    }

    private void wait(int number) throws Exception {
        waitWith(() -> {
            condition.await();
            return gone.add(number);
        });
    }

    private boolean waitWith(Callable<Boolean> waiting) throws Exception {
        lock.acquire();
        try {
            come++;
            return waiting.call();
        } finally {
            lock.release();
        }
    }

    /** Who has come, and has given the lock back, waits. */
    private void awaitCome(int count) throws Exception {
        Await.until(count + " wait", () -> {
            lock.acquire();
            boolean all = come >= count;
            lock.release();
            return all;
        });
    }

    private int goneCount() throws Exception {
        lock.acquire();
        int count = gone.size();
        lock.release();
        return count;
    }

    private void assertGoneInOrder(int count) throws Exception {
        Await.until(count + " go on", () -> goneCount() >= count);
        lock.acquire();
        // Those of one signal may get the lock in any order.
        assertThat(gone)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, count).boxed().toList());
        lock.release();
    }

    private void signal(int waiters) throws Exception {
        lock.acquire();
        condition.signal(waiters);
        lock.release();
    }
}
