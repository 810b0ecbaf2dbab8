package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Connections;
import io.multiprocessing.Pipe;
import io.multiprocessing.Process;
import io.multiprocessing.Queue;
import io.multiprocessing.QueueShutDownException;
import io.multiprocessing.SimpleQueue;
import io.multiprocessing.Waitable;
import io.multiprocessing.testkit.jvm.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Queues among other things that are awaited together. */
public abstract class QueueReadinessContract extends SynchronizationContract {
    private static final int WAITERS = 8;

    @Test
    void aQueueIsReadyWhenThereIsAMessage_whichStays() throws Exception {
        Queue<Integer> queue = mp.queue();
        SimpleQueue<Integer> simple = mp.simpleQueue();
        for (Waitable either : List.of(queue, simple)) {
            assertThat(either.isReady()).isFalse();
            assertThat(either.await(Duration.ZERO)).isFalse();
            assertTimesOut(() -> either.await(SHORT), SHORT);
        }
        queue.put(1);
        simple.put(2);
        for (Waitable either : List.of(queue, simple)) {
            assertThat(either.isReady()).isTrue();
            assertThat(either.await(Duration.ZERO)).isTrue();
            assertThat(either.await(Await.LIMIT)).isTrue();
        }
        assertThat(queue.get()).isEqualTo(1);
        assertThat(simple.get()).isEqualTo(2);
        assertThat(Connections.ready(List.of(queue, simple))).isEmpty();
    }

    @Test
    void aQueueThatIsShutDownIsReady_sinceGetDoesNotWait() throws Exception {
        Queue<Integer> queue = mp.queue();
        try (Threads threads = Threads.Kind.PLATFORM.open()) {
            Threads.Running<Void> waiter = startAndLetWait(
                    threads, () -> assertThat(queue.await(Await.LIMIT)).isTrue());
            queue.shutdown();
            waiter.get();
        }
        assertThat(queue.isReady()).isTrue();
        assertThatThrownBy(queue::get).isInstanceOf(QueueShutDownException.class);
    }

    @ParameterizedTest
    @EnumSource
    void whoAwaitsCanBeInterrupted_andIsLetGoByClosing(Threads.Kind kind) throws Exception {
        Queue<Integer> queue = mp.queue();
        SimpleQueue<Integer> simple = mp.simpleQueue();
        assertInterruptible(kind, () -> queue.await(Duration.ofDays(1)));
        assertInterruptible(kind, () -> simple.await(Duration.ofDays(1)));
        try (Threads threads = kind.open()) {
            Threads.Running<Void> waiter = startAndLetWait(threads, () -> queue.await(Duration.ofDays(1)));
            Threads.Running<Void> other = startAndLetWait(threads, () -> simple.await(Duration.ofDays(1)));
            queue.close();
            simple.close();
            assertThat(waiter.failure()).isInstanceOf(IllegalStateException.class);
            assertThat(other.failure()).isInstanceOf(IllegalStateException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoOnlyAwaitsKeepsNobodyFromGetting(Threads.Kind kind) throws Exception {
        Queue<Integer> queue = mp.queue();
        ConcurrentLinkedQueue<Integer> got = new ConcurrentLinkedQueue<>();
        try (Threads threads = kind.open()) {
            for (int i = 0; i < WAITERS; i++) {
                threads.run(() -> queue.await(Await.LIMIT));
                threads.run(() -> got.add(queue.get(Await.LIMIT)));
            }
            startAndLetWait(threads, () -> queue.await(Await.LIMIT));
            for (int i = 0; i < WAITERS; i++) {
                queue.put(i);
            }
            Await.until("each got one", () -> got.size() == WAITERS);
            queue.put(WAITERS); // one that awaits may have come when all had been got
            threads.join();
        }
        assertThat(got).hasSize(WAITERS).doesNotHaveDuplicates();
    }

    @Test
    void queuesConnectionsAndEndsOfProcessesAreAwaitedTogether() throws Exception {
        Queue<String> results = mp.queue();
        Pipe pipe = mp.pipe();
        var theirs = pipe.second();
        Process child = mp.process(() -> {
                    results.put("put");
                    theirs.receive();
                    theirs.send("sent");
                    theirs.receive();
                })
                .start();
        List<Waitable> all = new ArrayList<>(List.of(results, pipe.first(), child.sentinel()));
        assertThat(Connections.await(all, Await.LIMIT)).containsExactly(results);
        assertThat(results.get()).isEqualTo("put");
        pipe.first().send("go on");
        assertThat(Connections.await(all, Await.LIMIT)).containsExactly(pipe.first());
        assertThat(pipe.first().receive()).isEqualTo("sent");
        pipe.first().send("end");
        assertThat(Connections.await(all, Await.LIMIT)).contains(child.sentinel());
        assertThat(child.join(Await.LIMIT)).isTrue();
    }
}
