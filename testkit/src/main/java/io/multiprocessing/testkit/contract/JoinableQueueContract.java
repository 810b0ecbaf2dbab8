package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.JoinableQueue;
import io.multiprocessing.Queue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What joinable queues do in every context: all that queues do, and more. */
public abstract class JoinableQueueContract extends QueueContract {
    @Override
    protected <E> Queue<E> queue(int maxSize) {
        return mp.joinableQueue(maxSize);
    }

    @ParameterizedTest
    @EnumSource
    void joinWaitsUntilAllIsDone(Threads.Kind kind) throws Exception {
        JoinableQueue<Integer> queue = mp.joinableQueue();
        queue.join();
        queue.putAll(List.of(1, 2));
        assertThat(queue.unfinished()).isEqualTo(2);
        try (Threads threads = kind.open()) {
            Threads.Running<Void> joiner = startAndLetWait(threads, queue::join);
            queue.get();
            queue.taskDone();
            queue.get();
            assertThat(queue.unfinished()).isEqualTo(1);
            assertThat(queue.join(SHORT)).isFalse();
            assertThat(joiner.isDone()).isFalse();
            queue.taskDone();
            joiner.get();
        }
        assertThat(queue.join(NONE)).isTrue();
        assertThat(queue.unfinished()).isZero();
    }

    @Test
    void refusesMoreDoneThanPut() throws Exception {
        JoinableQueue<Integer> queue = mp.joinableQueue();
        assertThatThrownBy(queue::taskDone).isInstanceOf(IllegalStateException.class);
        queue.put(1);
        queue.taskDone();
        assertThatThrownBy(queue::taskDone).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatIsDroppedNeedNotBeDone() throws Exception {
        JoinableQueue<Integer> queue = mp.joinableQueue();
        queue.putAll(List.of(1, 2, 3));
        queue.get();
        try (Threads threads = Threads.Kind.PLATFORM.open()) {
            Threads.Running<Void> joiner = startAndLetWait(threads, queue::join);
            queue.shutdownNow();
            assertThat(queue.unfinished()).isEqualTo(1);
            assertThat(joiner.isDone()).isFalse();
            queue.taskDone();
            joiner.get();
        }
    }

    @ParameterizedTest
    @EnumSource
    void joinIsInterruptible(Threads.Kind kind) throws Exception {
        JoinableQueue<Integer> queue = mp.joinableQueue();
        queue.put(1);
        assertInterruptible(kind, queue::join);
        assertInterruptible(kind, () -> queue.join(ENDLESS));
    }
}
