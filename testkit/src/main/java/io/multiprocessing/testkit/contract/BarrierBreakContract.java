package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Barrier;
import io.multiprocessing.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What breaks a barrier, what becomes of those who wait, and how it is whole again. */
public abstract class BarrierBreakContract extends BarrierSuite {
    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void breaks_whenTheActionThrows(Threads.Kind kind) throws Exception {
        Barrier barrier = mp.barrier(2, () -> {
            throw new IllegalArgumentException("of the action");
        });
        try (Threads threads = kind.open()) {
            Threads.Running<Integer> other = threads.start(barrier::await);
            awaitWaiting(barrier, 1);
            assertThatThrownBy(barrier::await)
                    .isInstanceOf(BrokenBarrierException.class)
                    .hasRootCauseInstanceOf(IllegalArgumentException.class)
                    .hasRootCauseMessage("of the action");
            assertThat(other.failure())
                    .isInstanceOf(BrokenBarrierException.class)
                    .hasNoCause();
        }
        assertThat(barrier.isBroken()).isTrue();
    }

    @Test
    void mayBeAbortedWhileTheActionRuns() throws Exception {
        Event running = mp.event();
        Event goOn = mp.event();
        Barrier barrier = mp.barrier(2, () -> {
            running.set();
            goOn.await();
        });
        try (Threads threads = Threads.Kind.VIRTUAL.open()) {
            Threads.Running<Integer> first = threads.start(barrier::await);
            Threads.Running<Integer> second = threads.start(barrier::await);
            running.await();
            assertThat(barrier.waiting()).isEqualTo(2);
            assertThat(barrier.isBroken()).isFalse();
            barrier.abort();
            assertThat(barrier.isBroken()).isTrue();
            goOn.set();
            assertThat(first.failure()).isInstanceOf(BrokenBarrierException.class);
            assertThat(second.failure()).isInstanceOf(BrokenBarrierException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void abortBreaksIt_untilItIsReset(Threads.Kind kind) throws Exception {
        Barrier barrier = mp.barrier(3);
        try (Threads threads = kind.open()) {
            Threads.Running<Integer> first = threads.start(barrier::await);
            Threads.Running<Integer> second = threads.start(() -> barrier.await(ENDLESS));
            awaitWaiting(barrier, 2);
            barrier.abort();
            assertThat(barrier.isBroken()).isTrue();
            assertThat(barrier.waiting()).isZero();
            assertThat(first.failure()).isInstanceOf(BrokenBarrierException.class);
            assertThat(second.failure()).isInstanceOf(BrokenBarrierException.class);
            assertThatThrownBy(barrier::await).isInstanceOf(BrokenBarrierException.class);
            barrier.abort();
            assertThat(barrier.isBroken()).isTrue();
        }
        barrier.reset();
        assertThat(barrier.isBroken()).isFalse();
        assertPasses(barrier, kind);
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void resetBreaksItForThoseWhoWait(Threads.Kind kind) throws Exception {
        Barrier barrier = mp.barrier(3);
        barrier.reset();
        try (Threads threads = kind.open()) {
            Threads.Running<Integer> first = threads.start(barrier::await);
            Threads.Running<Integer> second = threads.start(barrier::await);
            awaitWaiting(barrier, 2);
            barrier.reset();
            assertThat(barrier.isBroken()).isFalse();
            assertThat(barrier.waiting()).isZero();
            assertThat(first.failure()).isInstanceOf(BrokenBarrierException.class);
            assertThat(second.failure()).isInstanceOf(BrokenBarrierException.class);
        }
        assertPasses(barrier, kind);
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void whoHasPassedDoesNotCare_ifItIsResetRightAfter(Threads.Kind kind) throws Exception {
        Barrier barrier = mp.barrier(2);
        for (int i = 0; i < 300; i++) {
            try (Threads threads = kind.open()) {
                Threads.Running<Integer> other = threads.start(barrier::await);
                awaitWaiting(barrier, 1);
                assertThat(barrier.await()).isEqualTo(1);
                barrier.reset();
                barrier.abort();
                assertThat(other.get()).isZero();
                barrier.reset();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void breaksForAll_whenOneWaitsTooLong(Threads.Kind kind) throws Exception {
        Barrier barrier = mp.barrier(3);
        try (Threads threads = kind.open()) {
            Threads.Running<Integer> patient = threads.start(barrier::await);
            awaitWaiting(barrier, 1);
            threads.run(() -> assertBreaksAfter(() -> barrier.await(SHORT), SHORT))
                    .get();
            assertThat(patient.failure()).isInstanceOf(BrokenBarrierException.class);
        }
        assertThatThrownBy(barrier::await).isInstanceOf(BrokenBarrierException.class);
        assertThat(barrier.isBroken()).isTrue();
    }

    @Test
    void breaksAtOnce_withoutTimeToWait() throws Exception {
        Barrier barrier = mp.barrier(2);
        assertThatThrownBy(() -> barrier.await(NONE)).isInstanceOf(BrokenBarrierException.class);
        assertThat(barrier.isBroken()).isTrue();
        barrier.reset();
        assertThatThrownBy(() -> barrier.await(Duration.ofSeconds(-1))).isInstanceOf(BrokenBarrierException.class);
    }

    @Test
    void hasATimeLimitOfItsOwn() throws Exception {
        Barrier barrier = mp.barrier(2, null, SHORT);
        assertBreaksAfter(barrier::await, SHORT);
        barrier.reset();
        try (Threads threads = Threads.Kind.VIRTUAL.open()) {
            Threads.Running<Integer> patient = threads.start(() -> barrier.await(ENDLESS));
            awaitWaiting(barrier, 1);
            Thread.sleep(SHORT.multipliedBy(2));
            assertThat(barrier.isBroken()).isFalse();
            barrier.await();
            assertThat(patient.get()).isZero();
        }
        assertThatThrownBy(mp.barrier(2, null, NONE)::await).isInstanceOf(BrokenBarrierException.class);
        assertThat(mp.barrier(1, null, ENDLESS).await()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void breaksForAll_whenOneIsInterrupted(Threads.Kind kind) throws Exception {
        Barrier barrier = mp.barrier(3);
        try (Threads threads = kind.open()) {
            Threads.Running<Integer> first = threads.start(barrier::await);
            Threads.Running<Integer> second = threads.start(barrier::await);
            awaitWaiting(barrier, 2);
            first.interrupt();
            assertThat(first.failure()).isInstanceOf(InterruptedException.class);
            assertThat(second.failure()).isInstanceOf(BrokenBarrierException.class);
            assertThat(barrier.isBroken()).isTrue();
            barrier.reset();
            Threads.Running<Integer> interrupted = threads.start(() -> {
                Thread.currentThread().interrupt();
                return barrier.await();
            });
            assertThat(interrupted.failure()).isInstanceOf(InterruptedException.class);
            assertThat(barrier.isBroken()).isTrue();
        }
    }

    private static void assertPasses(Barrier barrier, Threads.Kind kind) throws Exception {
        try (Threads threads = kind.open()) {
            List<Threads.Running<Integer>> all = IntStream.range(0, barrier.parties())
                    .mapToObj(i -> threads.start(barrier::await))
                    .toList();
            List<Integer> indices = new ArrayList<>();
            for (Threads.Running<Integer> each : all) {
                indices.add(each.get());
            }
            assertThat(indices)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, barrier.parties()).boxed().toList());
        }
    }
}
