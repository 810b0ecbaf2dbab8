package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Condition;
import io.multiprocessing.testkit.jvm.Await;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whom a signal lets go on, in which order, and that it is not lost. */
@SuppressWarnings("WaitNotInLoop") // it is the single call that is tested
public abstract class ConditionSignalContract extends ConditionSuite {
    @Test
    void refusesToSignalToLessThanOne() throws Exception {
        lock.acquire();
        assertThatThrownBy(() -> condition.signal(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> condition.signal(-1)).isInstanceOf(IllegalArgumentException.class);
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
}
