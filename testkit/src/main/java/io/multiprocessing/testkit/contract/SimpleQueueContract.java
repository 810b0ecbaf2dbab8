package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.SimpleQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What simple queues do in every context. */
public abstract class SimpleQueueContract extends SynchronizationContract {
    @Test
    void whatIsPutComesOutInItsOrder() throws Exception {
        SimpleQueue<Object> queue = mp.simpleQueue();
        assertThat(queue.isEmpty()).isTrue();
        queue.put("a");
        queue.put(true);
        queue.put(new byte[3_000_000]);
        assertThat(queue.isEmpty()).isFalse();
        assertThat(queue).hasToString("SimpleQueue[3 messages]");
        assertThat(queue.get()).isEqualTo("a");
        assertThat(queue.get()).isEqualTo(true);
        assertThat((byte[]) queue.get()).hasSize(3_000_000);
        assertThat(queue.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void getWaits(Threads.Kind kind) throws Exception {
        SimpleQueue<Integer> queue = mp.simpleQueue();
        assertInterruptible(kind, queue::get);
        try (Threads threads = kind.open()) {
            Threads.Running<Void> getter =
                    startAndLetWait(threads, () -> assertThat(queue.get()).isEqualTo(1));
            assertThat(getter.isDone()).isFalse();
            queue.put(1);
            getter.get();
        }
    }

    @Test
    @SuppressWarnings("NullAway") // that is what is tested
    void refusesNull() {
        SimpleQueue<Object> queue = mp.simpleQueue();
        assertThatThrownBy(() -> queue.put(null)).isInstanceOf(NullPointerException.class);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void closingEndsTheUseOfAHandle() throws Exception {
        SimpleQueue<Integer> queue = mp.simpleQueue();
        try (Threads threads = Threads.Kind.PLATFORM.open()) {
            Threads.Running<Void> getter = startAndLetWait(threads, queue::get);
            queue.close();
            assertThat(getter.failure()).isInstanceOf(IllegalStateException.class);
        }
        assertThatThrownBy(() -> queue.put(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(queue::isEmpty).isInstanceOf(IllegalStateException.class);
        assertThat(queue).hasToString("SimpleQueue[closed]");
    }

    @Test
    void travels() throws Exception {
        SimpleQueue<Integer> queue = mp.simpleQueue();
        Travel.copyOf(queue).put(1);
        assertThat(queue.get()).isEqualTo(1);
    }
}
