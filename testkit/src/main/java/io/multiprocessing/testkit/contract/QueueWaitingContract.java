package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Queue;
import io.multiprocessing.QueueEmptyException;
import io.multiprocessing.QueueFullException;
import io.multiprocessing.QueueShutDownException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How long queues let wait, who is let go, and what waiting costs. */
public abstract class QueueWaitingContract extends SynchronizationContract {
    private static final int WAITERS = 20;

    @Test
    void fullAndEmptyComeAfterTheTimeout_notBefore() throws Exception {
        Queue<Integer> queue = mp.queue(1);
        assertTimesOut(
                () -> {
                    assertThatThrownBy(() -> queue.get(SHORT)).isInstanceOf(QueueEmptyException.class);
                    return false;
                },
                SHORT);
        queue.put(1);
        assertTimesOut(
                () -> {
                    assertThatThrownBy(() -> queue.put(2, SHORT)).isInstanceOf(QueueFullException.class);
                    return false;
                },
                SHORT);
        assertThat(queue.snapshot()).containsExactly(1);
    }

    @ParameterizedTest
    @EnumSource
    void whatHasATimeLimitIsInterruptible(Threads.Kind kind) throws Exception {
        Queue<Integer> empty = mp.queue();
        Queue<Integer> full = mp.queue(1);
        full.put(1);
        assertInterruptible(kind, () -> empty.poll(1, TimeUnit.DAYS));
        assertInterruptible(kind, empty::take);
        assertInterruptible(kind, () -> full.offer(2, 1, TimeUnit.DAYS));
        assertThat(empty.isEmpty()).isTrue();
        assertThat(full.snapshot()).containsExactly(1);
    }

    @ParameterizedTest
    @EnumSource
    void shutdownLetsGoAllWhoWait(Threads.Kind kind) throws Exception {
        for (boolean isImmediate : new boolean[] {false, true}) {
            Queue<Integer> empty = mp.queue();
            Queue<Integer> full = mp.queue(1);
            full.put(1);
            List<Threads.Running<Void>> waiters = new ArrayList<>();
            try (Threads threads = kind.open()) {
                for (int i = 0; i < WAITERS; i++) {
                    waiters.add(threads.run(empty::get));
                    waiters.add(threads.run(() -> full.put(2)));
                }
                waiters.add(startAndLetWait(threads, () -> full.putAll(List.of(2, 3))));
                for (Queue<Integer> queue : List.of(empty, full)) {
                    if (isImmediate) {
                        queue.shutdownNow();
                    } else {
                        queue.shutdown();
                    }
                }
                for (Threads.Running<Void> waiter : waiters) {
                    assertThat(waiter.failure()).isInstanceOf(QueueShutDownException.class);
                }
            }
            assertThat(full.size()).isEqualTo(isImmediate ? 0 : 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachOfManyWaitersGetsOne(Threads.Kind kind) throws Exception {
        Queue<Integer> queue = mp.queue();
        ConcurrentLinkedQueue<Integer> got = new ConcurrentLinkedQueue<>();
        try (Threads threads = kind.open()) {
            for (int i = 0; i < WAITERS; i++) {
                threads.run(() -> got.add(queue.get()));
            }
            startAndLetWait(threads, () -> got.add(queue.get()));
            for (int i = 0; i <= WAITERS; i++) {
                queue.put(i);
            }
            threads.join();
        }
        assertThat(got).hasSize(WAITERS + 1).doesNotHaveDuplicates();
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void waitingTakesNoProcessorTime() throws Exception {
        Queue<Integer> empty = mp.queue();
        Queue<Integer> full = mp.queue(1);
        full.put(1);
        var threads = ManagementFactory.getThreadMXBean();
        Thread getter = Thread.ofPlatform().daemon().unstarted(() -> untilInterrupted(empty::get));
        Thread putter = Thread.ofPlatform().daemon().unstarted(() -> untilInterrupted(() -> full.put(2)));
        getter.start();
        putter.start();
        Thread.sleep(500); // what is measured is what they use meanwhile
        long nanos = threads.getThreadCpuTime(getter.threadId()) + threads.getThreadCpuTime(putter.threadId());
        assertThat(getter.isAlive()).isTrue();
        assertThat(putter.isAlive()).isTrue();
        getter.interrupt();
        putter.interrupt();
        getter.join();
        putter.join();
        assertThat(nanos).isBetween(0L, TimeUnit.MILLISECONDS.toNanos(200));
    }

    private static void untilInterrupted(Threads.Work waiting) {
        try {
            waiting.run();
        } catch (InterruptedException asExpected) {
            // that is the end
        } catch (Exception unexpected) {
            throw new AssertionError(unexpected);
        }
    }
}
