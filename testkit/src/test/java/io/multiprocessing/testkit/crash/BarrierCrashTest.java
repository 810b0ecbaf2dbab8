package io.multiprocessing.testkit.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Barrier;
import io.multiprocessing.IntValue;
import io.multiprocessing.Process;
import io.multiprocessing.testkit.jvm.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds when a process dies at a kill point of a barrier. */
class BarrierCrashTest extends CrashTest {
    @Test
    void breaksForWhoComesLater_whenAPartyIsDead() throws Exception {
        Barrier barrier = mp.barrier(3);
        CrashHarness.killChildAt(mp, "barrier-K1", barrier::await);
        assertBreaks(begin(barrier::await));
        assertThat(barrier.isBroken()).isTrue();
        assertWorksAfterReset(barrier);
    }

    @Test
    void breaksForTheLast_whenAPartyIsDead() throws Exception {
        IntValue passes = mp.intValue(0);
        Barrier barrier = mp.barrier(2, () -> passes.increment());
        CrashHarness.killChildAt(mp, "barrier-K1", barrier::await);
        assertBreaks(begin(barrier::await));
        assertThat(passes.get()).isZero();
        assertWorksAfterReset(barrier);
        assertThat(passes.get()).isEqualTo(1);
    }

    @Test
    void breaksForWhoWaits_whenAPartyIsKilled() throws Exception {
        Barrier barrier = mp.barrier(4);
        Process child = mp.process(barrier::await).start();
        Future<Integer> first = begin(barrier::await);
        Future<Integer> second = begin(barrier::await);
        Await.until("all have come", () -> barrier.waiting() == 3);
        assertThat(first.isDone() || second.isDone()).isFalse();
        kill(child);
        assertBreaks(first);
        assertBreaks(second);
    }

    @ParameterizedTest
    @ValueSource(strings = {"barrier-K2", "barrier-K3"})
    void breaks_whenTheLastDiesAroundTheAction(String crashPoint) throws Exception {
        IntValue passes = mp.intValue(0);
        Barrier barrier = mp.barrier(2, () -> passes.increment());
        Future<Integer> waiter = beginToWait(barrier);
        CrashHarness.killChildAt(mp, crashPoint, barrier::await);
        assertBreaks(waiter);
        assertThat(passes.get()).isEqualTo(crashPoint.equals("barrier-K3") ? 1 : 0);
        assertWorksAfterReset(barrier);
    }

    @Test
    void breaks_whenTheActionKillsItsProcess() throws Exception {
        Barrier barrier = mp.barrier(2, () -> Runtime.getRuntime().halt(5));
        Future<Integer> waiter = beginToWait(barrier);
        Process child = mp.process(barrier::await).start();
        child.join();
        assertThat(child.exitCode()).hasValue(5);
        assertBreaks(waiter);
    }

    @Test
    void allGoOn_whenTheLastDiedBeforeItWokeAnybody_andThenItBreaks() throws Exception {
        Barrier barrier = mp.barrier(2);
        Future<Integer> waiter = beginToWait(barrier);
        CrashHarness.killChildAt(mp, "barrier-K4", barrier::await);
        assertThat(recovered(waiter)).isZero();
        assertThat(barrier.isBroken()).isFalse();
        assertBreaks(begin(barrier::await));
        assertWorksAfterReset(barrier);
    }

    @Test
    void breaks_whenOneCrashesThatPassedLastTime() throws Exception {
        Barrier barrier = mp.barrier(3);
        Process child = mp.process(() -> {
                    barrier.await();
                    Runtime.getRuntime().halt(6);
                })
                .start();
        Future<Integer> first = begin(() -> barrier.await() + barrier.await());
        Future<Integer> second = begin(() -> barrier.await() + barrier.await());
        child.join();
        assertThat(child.exitCode()).hasValue(6);
        assertBreaks(first);
        assertBreaks(second);
    }

    @Test
    void doesNotBreak_whenOneEndsInGoodOrderThatPassedLastTime() throws Exception {
        Barrier barrier = mp.barrier(2);
        Process child = mp.process(barrier::await).start();
        barrier.await();
        child.join();
        assertThat(child.exitCode()).hasValue(0);
        Duration timeout = Duration.ofMillis(300);
        long begin = System.nanoTime();
        assertThatThrownBy(() -> barrier.await(timeout)).isInstanceOf(BrokenBarrierException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(timeout);
    }

    @Test
    void whoWaitsLearnsThatItIsBroken_whenTheBreakerDiedBeforeItWokeAnybody() throws Exception {
        Barrier barrier = mp.barrier(2);
        Future<Integer> waiter = beginToWait(barrier);
        CrashHarness.killChildAt(mp, "barrier-K5", barrier::abort);
        assertThat(barrier.isBroken()).isTrue();
        assertBreaks(waiter);
        assertWorksAfterReset(barrier);
    }

    @Test
    void whoWaitsLearnsThatItWasReset_whenWhoDidSoDiedBeforeItWokeAnybody() throws Exception {
        Barrier barrier = mp.barrier(2);
        Future<Integer> waiter = beginToWait(barrier);
        CrashHarness.killChildAt(mp, "barrier-K6", barrier::reset);
        assertBreaks(waiter);
        assertThat(barrier.isBroken()).isFalse();
        assertPasses(barrier);
    }

    /** Who comes later finds that one waits. */
    private Future<Integer> beginToWait(Barrier barrier) throws Exception {
        Future<Integer> waiter = submit(barrier::await);
        Await.until("it waits", () -> barrier.waiting() == 1);
        return waiter;
    }

    private static void assertBreaks(Future<Integer> waiter) {
        assertThatThrownBy(() -> recovered(waiter)).isInstanceOf(BrokenBarrierException.class);
    }

    private void assertWorksAfterReset(Barrier barrier) throws Exception {
        assertThatThrownBy(barrier::await).isInstanceOf(BrokenBarrierException.class);
        barrier.reset();
        assertPasses(barrier);
    }

    private void assertPasses(Barrier barrier) throws Exception {
        List<Future<Integer>> parties = new ArrayList<>();
        for (int i = 0; i < barrier.parties(); i++) {
            parties.add(begin(barrier::await));
        }
        List<Integer> indices = new ArrayList<>();
        for (Future<Integer> party : parties) {
            indices.add(recovered(party));
        }
        assertThat(indices).doesNotHaveDuplicates().contains(0);
    }
}
