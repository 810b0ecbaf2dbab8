package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Queue;
import io.multiprocessing.QueueShutDownException;
import io.multiprocessing.testkit.jvm.Await;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Queues between the threads of one process: who waits and is let go, and that nothing is lost on the way. */
public abstract class QueueHandoverContract extends QueueSuite {
    @ParameterizedTest
    @EnumSource
    void getAndPutWait(Threads.Kind kind) throws Exception {
        Queue<Integer> queue = queue(1);
        try (Threads threads = kind.open()) {
            Threads.Running<Void> getter =
                    startAndLetWait(threads, () -> assertThat(queue.get()).isEqualTo(1));
            assertThat(getter.isDone()).isFalse();
            queue.put(1);
            getter.get();
            queue.put(2);
            Threads.Running<Void> putter = startAndLetWait(threads, () -> queue.put(3));
            assertThat(putter.isDone()).isFalse();
            assertThat(queue.get()).isEqualTo(2);
            putter.get();
            assertThat(queue.get()).isEqualTo(3);
        }
    }

    @Test
    void putWaits_whileTheLimitOfBytesIsReached() throws Exception {
        Queue<byte[]> queue = mp.queue(0, 1_000_000);
        int put = 0;
        while (queue.offer(new byte[10_000])) {
            put++;
            assertThat(put).isLessThan(101);
        }
        assertThat(put).isGreaterThan(40);
        try (Threads threads = Threads.Kind.PLATFORM.open()) {
            Threads.Running<Void> waiter = startAndLetWait(threads, () -> queue.put(new byte[10_000]));
            assertThat(waiter.isDone()).isFalse();
            queue.drainTo(new ArrayList<>(), put / 2);
            waiter.get();
        }
    }

    @ParameterizedTest
    @EnumSource
    void waitingIsInterruptible(Threads.Kind kind) throws Exception {
        Queue<Integer> empty = queue(0);
        Queue<Integer> full = queue(1);
        full.put(1);
        assertInterruptible(kind, empty::get);
        assertInterruptible(kind, () -> empty.get(ENDLESS));
        assertInterruptible(kind, () -> full.put(2));
        assertInterruptible(kind, () -> full.put(2, ENDLESS));
        assertInterruptible(kind, () -> full.putAll(List.of(2, 3)));
        assertThat(full.snapshot()).containsExactly(1);
    }

    @Test
    void whatDoesNotWaitWorksInAnInterruptedThread() throws Exception {
        Queue<byte[]> queue = queue(0);
        try {
            Thread.currentThread().interrupt();
            queue.putNow(new byte[3_000_000]);
            queue.putNow(new byte[100_000]);
            assertThat(queue.peek()).hasSize(3_000_000);
            assertThat(queue.poll()).hasSize(3_000_000);
            assertThat(queue.getNow()).hasSize(100_000);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
    }

    @ParameterizedTest
    @EnumSource
    void waitersEndWithTheContext(Threads.Kind kind) throws Exception {
        Queue<Integer> queue = queue(0);
        assertEndsWithContext(kind, queue::get);
        assertThatThrownBy(() -> queue.put(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(queue::poll).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(queue::size).isInstanceOf(IllegalStateException.class);
        assertThat(queue.toString()).contains("closed");
        queue.close();
    }

    @ParameterizedTest
    @EnumSource
    void closingEndsTheUseOfAHandle(Threads.Kind kind) throws Exception {
        Queue<Integer> queue = queue(0);
        try (Threads threads = kind.open()) {
            Threads.Running<Void> getter = startAndLetWait(threads, queue::get);
            queue.close();
            assertThat(getter.failure()).isInstanceOf(IllegalStateException.class);
        }
        queue.close();
        assertThatThrownBy(() -> queue.put(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(queue::getNow).isInstanceOf(IllegalStateException.class);
        assertThat(queue.toString()).contains("closed");
    }

    @ParameterizedTest
    @EnumSource
    void shutdownLetsTheRestBeTaken(Threads.Kind kind) throws Exception {
        Queue<Integer> queue = queue(2);
        Queue<Integer> empty = queue(0);
        queue.putAll(List.of(1, 2));
        try (Threads threads = kind.open()) {
            Threads.Running<Void> putter = startAndLetWait(threads, () -> queue.put(3));
            Threads.Running<Void> getter = startAndLetWait(threads, empty::get);
            assertThat(queue.isShutDown()).isFalse();
            queue.shutdown();
            empty.shutdown();
            assertThat(putter.failure()).isInstanceOf(QueueShutDownException.class);
            assertThat(getter.failure()).isInstanceOf(QueueShutDownException.class);
        }
        assertThat(queue.isShutDown()).isTrue();
        assertThatThrownBy(() -> queue.offer(3)).isInstanceOf(QueueShutDownException.class);
        assertThat(queue.get()).isEqualTo(1);
        assertThat(queue.poll()).isEqualTo(2);
        assertThatThrownBy(queue::get).isInstanceOf(QueueShutDownException.class);
        assertThatThrownBy(queue::getNow).isInstanceOf(QueueShutDownException.class);
        assertThat(queue.drainTo(new ArrayList<>())).isZero();
        queue.shutdown();
    }

    @Test
    void shutdownNowDropsTheRest() throws Exception {
        Queue<Integer> queue = queue(0);
        queue.putAll(List.of(1, 2));
        queue.shutdownNow();
        assertThat(queue.isShutDown()).isTrue();
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.snapshot()).isEmpty();
        assertThat(queue.drainTo(new ArrayList<>())).isZero();
        assertThatThrownBy(queue::get).isInstanceOf(QueueShutDownException.class);
        assertThatThrownBy(() -> queue.put(1)).isInstanceOf(QueueShutDownException.class);
        queue.shutdown();
        assertThatThrownBy(queue::getNow).isInstanceOf(QueueShutDownException.class);
    }

    @Test
    void twoThreadsAnswerEachOther() throws Exception {
        Queue<Integer> ping = queue(0);
        Queue<Integer> pong = queue(0);
        try (Threads threads = Threads.Kind.PLATFORM.open()) {
            threads.run(() -> {
                for (int i = 0; i < 500; i++) {
                    pong.put(ping.get(Await.LIMIT) + 1);
                }
            });
            int last = 0;
            for (int i = 0; i < 500; i++) {
                ping.put(last);
                last = pong.get(Await.LIMIT);
            }
            assertThat(last).isEqualTo(500);
            threads.join();
        }
    }

    @ParameterizedTest
    @EnumSource
    void manyProducersAndConsumersLoseNothing(Threads.Kind kind) throws Exception {
        int each = 3_000;
        Queue<int[]> queue = queue(100);
        ConcurrentLinkedQueue<int[]> got = new ConcurrentLinkedQueue<>();
        try (Threads threads = kind.open()) {
            for (int producer = 0; producer < 4; producer++) {
                int number = producer;
                threads.run(() -> {
                    for (int i = 0; i < each; i++) {
                        queue.put(new int[] {number, i});
                    }
                });
                threads.run(() -> {
                    int[] last = {-1, -1, -1, -1};
                    for (int i = 0; i < each; i++) {
                        int[] message = queue.get();
                        assertThat(message[1]).isGreaterThan(last[message[0]]);
                        last[message[0]] = message[1];
                        got.add(message);
                    }
                });
            }
            threads.join();
        }
        assertThat(queue.isEmpty()).isTrue();
        List<Integer> numbers = new ArrayList<>();
        got.forEach(message -> numbers.add(message[0] * each + message[1]));
        Collections.sort(numbers);
        for (int i = 0; i < 4 * each; i++) {
            assertThat(numbers.get(i)).isEqualTo(i);
        }
    }
}
