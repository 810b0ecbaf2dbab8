package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Barrier;
import io.multiprocessing.IntValue;
import io.multiprocessing.TaskNotSerializableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a barrier lets its parties go on together, pass after pass, in every context. */
public abstract class BarrierContract extends BarrierSuite {
    private static final int PARTIES = 5;

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void allGoOn_whenTheLastHasCome(Threads.Kind kind) throws Exception {
        Barrier barrier = mp.barrier(PARTIES);
        AtomicInteger come = new AtomicInteger();
        try (Threads threads = kind.open()) {
            for (int i = 0; i < PARTIES; i++) {
                threads.run(() -> {
                    for (int pass = 1; pass <= 10; pass++) {
                        come.incrementAndGet();
                        barrier.await();
                        assertThat(come).hasValue(pass * PARTIES);
                        barrier.await();
                    }
                });
            }
            threads.join();
        }
        assertThat(barrier.waiting()).isZero();
        assertThat(barrier.isBroken()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void eachPartyGetsItsIndex_inTheOrderOfComing(Threads.Kind kind) throws Exception {
        Barrier barrier = mp.barrier(PARTIES);
        assertThat(barrier.parties()).isEqualTo(PARTIES);
        for (int pass = 0; pass < 3; pass++) {
            try (Threads threads = kind.open()) {
                List<Threads.Running<Integer>> all = new ArrayList<>();
                for (int i = 0; i < PARTIES - 1; i++) {
                    assertThat(barrier.waiting()).isEqualTo(i);
                    all.add(threads.start(barrier::await));
                    awaitWaiting(barrier, i + 1);
                }
                assertThat(barrier.await()).isEqualTo(PARTIES - 1);
                for (int i = 0; i < PARTIES - 1; i++) {
                    assertThat(all.get(i).get()).isEqualTo(i);
                }
            }
            assertThat(barrier.waiting()).isZero();
        }
    }

    @Test
    void oneAloneNeverWaits() throws Exception {
        Barrier barrier = mp.barrier(1);
        for (int i = 0; i < 100; i++) {
            assertThat(barrier.await()).isZero();
            assertThat(barrier.await(NONE)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 4097})
    void refusesNumbersOfPartiesThatItCannotHave(int parties) {
        assertThatThrownBy(() -> mp.barrier(parties)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void actionRunsOncePerPass_beforeAnyoneGoesOn(Threads.Kind kind) throws Exception {
        IntValue passes = mp.intValue(0);
        Barrier barrier = mp.barrier(PARTIES, () -> passes.increment());
        try (Threads threads = kind.open()) {
            for (int i = 0; i < PARTIES; i++) {
                threads.run(() -> {
                    for (int pass = 1; pass <= 100; pass++) {
                        barrier.await();
                        assertThat(passes.get()).isEqualTo(pass); // the next pass needs us
                    }
                });
            }
            threads.join();
        }
        assertThat(passes.get()).isEqualTo(100);
    }

    @Test
    void actionMayBeBig() throws Exception {
        byte[] data = new byte[100_000];
        data[99_999] = 7;
        IntValue seen = mp.intValue(0);
        Barrier barrier = mp.barrier(1, () -> seen.set(data[99_999]));
        barrier.await();
        assertThat(seen.get()).isEqualTo(7);
    }

    @Test
    void actionMustBeSerializable() {
        Thread captured = Thread.currentThread();
        assertThatThrownBy(() -> mp.barrier(2, () -> captured.interrupt()))
                .isInstanceOf(TaskNotSerializableException.class);
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void waitersEndWithTheContext(Threads.Kind kind) throws Exception {
        Barrier barrier = mp.barrier(3);
        assertEndsWithContext(kind, barrier::await);
        assertThatThrownBy(barrier::await).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(barrier::reset).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(barrier::abort).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(barrier::isBroken).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(barrier::waiting).isInstanceOf(IllegalStateException.class);
        assertThat(barrier.parties()).isEqualTo(3);
        assertThat(barrier).hasToString("Barrier[closed]");
    }

    @Test
    void waitersOfABigOneEndWithTheContext() throws Exception {
        assertEndsWithContext(Threads.Kind.VIRTUAL, mp.barrier(4096)::await);
    }

    @Test
    void aThousandPassesStayInStep() throws Exception {
        Barrier barrier = mp.barrier(PARTIES);
        var seen = new ConcurrentLinkedQueue<Integer>();
        try (Threads threads = Threads.Kind.PLATFORM.open()) {
            for (int i = 0; i < PARTIES; i++) {
                threads.run(() -> {
                    for (int pass = 0; pass < 1000; pass++) {
                        seen.add(pass);
                        barrier.await();
                    }
                });
            }
            threads.join();
        }
        List<Integer> inOrder = List.copyOf(seen);
        for (int i = 0; i < inOrder.size(); i++) {
            assertThat(inOrder.get(i)).isEqualTo(i / PARTIES);
        }
    }

    @Test
    void moreThreadsThanParties_passInGroups() throws Exception {
        Barrier barrier = mp.barrier(2);
        AtomicInteger left = new AtomicInteger(2_000);
        AtomicInteger[] indices = {new AtomicInteger(), new AtomicInteger()};
        try (Threads threads = Threads.Kind.PLATFORM.open()) {
            for (int i = 0; i < 8; i++) {
                threads.run(() -> {
                    while (left.decrementAndGet() >= 0) {
                        indices[barrier.await()].incrementAndGet();
                    }
                });
            }
            threads.join();
        }
        assertThat(indices[0]).hasValue(1_000);
        assertThat(indices[1]).hasValue(1_000);
    }

    @Test
    void manyVirtualThreadsPass() throws Exception {
        Barrier barrier = mp.barrier(MANY + 1);
        try (Threads threads = Threads.Kind.VIRTUAL.open()) {
            assertDoesNotPin(threads, () -> {
                barrier.await();
                barrier.await();
            });
            barrier.await();
            assertThat(barrier.await()).isLessThanOrEqualTo(MANY);
            threads.join();
        }
        assertThat(barrier.waiting()).isZero();
    }

    @Test
    void aCopyIsTheSameBarrier() throws Exception {
        IntValue passes = mp.intValue(0);
        Barrier barrier = mp.barrier(2, () -> passes.increment(), SHORT);
        Barrier copy = Travel.copyOf(barrier);
        assertThat(copy).isEqualTo(barrier).hasSameHashCodeAs(barrier);
        assertThat(copy.parties()).isEqualTo(2);
        try (Threads threads = Threads.Kind.VIRTUAL.open()) {
            Threads.Running<Integer> other = threads.start(() -> barrier.await(ENDLESS));
            awaitWaiting(copy, 1);
            assertThat(copy.await()).isEqualTo(1);
            assertThat(other.get()).isZero();
        }
        assertThat(passes.get()).isEqualTo(1);
        assertBreaksAfter(copy::await, SHORT);
    }

    @Test
    void toStringSaysHowManyWait() throws Exception {
        Barrier barrier = mp.barrier(2);
        assertThat(barrier).hasToString("Barrier[0 of 2 wait]");
        barrier.abort();
        assertThat(barrier).hasToString("Barrier[broken]");
    }
}
