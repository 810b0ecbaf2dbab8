package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.IntValue;
import io.multiprocessing.Queue;
import io.multiprocessing.QueueEmptyException;
import io.multiprocessing.QueueFullException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What queues take and give in every context, in which order and how much of it. */
public abstract class QueueContract extends QueueSuite {
    /** A message that can't be sent. */
    static final class NotSendable {}

    @Test
    void whatIsPutComesOutInItsOrder_inBothVocabularies() throws Exception {
        Queue<Object> queue = queue(0);
        queue.put(1);
        queue.put("two", SHORT);
        queue.putNow(List.of(3, 3, 3));
        assertThat(queue.offer(4L)).isTrue();
        assertThat(queue.offer(5.0, 1, TimeUnit.SECONDS)).isTrue();
        assertThat(queue.add('6')).isTrue();
        queue.putAll(List.of(7, 8, 9));
        assertThat(queue.addAll(List.of(10, 11))).isTrue();

        assertThat(queue).hasSize(11);
        assertThat(queue.get()).isEqualTo(1);
        assertThat(queue.get(SHORT)).isEqualTo("two");
        assertThat(queue.getNow()).isEqualTo(List.of(3, 3, 3));
        assertThat(queue.poll()).isEqualTo(4L);
        assertThat(queue.poll(1, TimeUnit.SECONDS)).isEqualTo(5.0);
        assertThat(queue.take()).isEqualTo('6');
        assertThat(queue.remove()).isEqualTo(7);
        List<Object> rest = new ArrayList<>();
        assertThat(queue.drainTo(rest, 2)).isEqualTo(2);
        assertThat(queue.drainTo(rest)).isEqualTo(2);
        assertThat(rest).containsExactly(8, 9, 10, 11);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void saysThatItIsEmpty() throws Exception {
        Queue<Integer> queue = queue(0);
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.size()).isZero();
        assertThat(queue.poll()).isNull();
        assertThat(queue.peek()).isNull();
        assertThatThrownBy(queue::getNow).isInstanceOf(QueueEmptyException.class);
        assertThatThrownBy(queue::remove).isInstanceOf(QueueEmptyException.class);
        assertThatThrownBy(queue::element).isInstanceOf(QueueEmptyException.class);
        assertThatThrownBy(() -> queue.get(NONE)).isInstanceOf(QueueEmptyException.class);
        assertThatThrownBy(() -> queue.get(SHORT)).isInstanceOf(QueueEmptyException.class);
        assertTimesOut(() -> queue.poll(SHORT.toNanos(), TimeUnit.NANOSECONDS) != null, SHORT);
        assertThat(queue.drainTo(new ArrayList<>())).isZero();
        assertThat(queue.snapshot()).isEmpty();
    }

    @Test
    void saysThatItIsFull() throws Exception {
        Queue<Integer> queue = queue(2);
        assertThat(queue.capacity()).isEqualTo(2);
        assertThat(queue.remainingCapacity()).isEqualTo(2);
        queue.put(1);
        assertThat(queue.isFull()).isFalse();
        queue.put(2);
        assertThat(queue.isFull()).isTrue();
        assertThat(queue.remainingCapacity()).isZero();
        assertThat(queue.offer(3)).isFalse();
        assertThatThrownBy(() -> queue.putNow(3)).isInstanceOf(QueueFullException.class);
        assertThatThrownBy(() -> queue.add(3)).isInstanceOf(QueueFullException.class);
        assertThatThrownBy(() -> queue.put(3, NONE)).isInstanceOf(QueueFullException.class);
        assertThatThrownBy(() -> queue.put(3, SHORT)).isInstanceOf(QueueFullException.class);
        assertTimesOut(() -> queue.offer(3, SHORT.toNanos(), TimeUnit.NANOSECONDS), SHORT);
        assertThat(queue.get()).isEqualTo(1);
        assertThat(queue.offer(3)).isTrue();
        assertThat(queue.snapshot()).containsExactly(2, 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void isNotBounded_withoutASize(int maxSize) {
        Queue<Integer> queue = queue(maxSize);
        assertThat(queue.capacity()).isEqualTo(Integer.MAX_VALUE);
        assertThat(queue.remainingCapacity()).isEqualTo(Integer.MAX_VALUE);
        assertThat(queue.isFull()).isFalse();
    }

    @Test
    void copiesTakeNothing() {
        Queue<String> queue = queue(0);
        queue.addAll(List.of("a", "b", "c"));
        assertThat(queue.peek()).isEqualTo("a");
        assertThat(queue.element()).isEqualTo("a");
        assertThat(queue.snapshot()).containsExactly("a", "b", "c");
        assertThat(queue.iterator()).toIterable().containsExactly("a", "b", "c");
        assertThat(queue.toArray()).containsExactly("a", "b", "c");
        assertThat(queue.toArray(new String[0])).containsExactly("a", "b", "c");
        assertThat(queue.stream().toList()).containsExactly("a", "b", "c");
        assertThat(queue.size()).isEqualTo(3);
        queue.clear();
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void refusesToLookForAMessage() {
        Queue<String> queue = queue(0);
        queue.add("a");
        assertThatThrownBy(() -> queue.contains("a")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> queue.remove("a")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> queue.removeIf("a"::equals)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> queue.drainTo(queue)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @SuppressWarnings("NullAway") // that is what is tested
    void refusesWhatCannotBeSent_andIsUnharmed() throws Exception {
        Queue<Object> queue = queue(0);
        queue.put("before");
        assertThatThrownBy(() -> queue.put(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> queue.offer(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> queue.putAll(Arrays.asList("x", null))).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> queue.put(new NotSendable()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(NotSendable.class.getName());
        assertThatThrownBy(() -> queue.putAll(List.of("x", List.of(new NotSendable()))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(NotSendable.class.getName());
        queue.put("after");
        assertThat(queue.snapshot()).containsExactly("before", "after");
    }

    @Test
    void refusesTooLittleMemory_andMessagesThatAreLargerThanIt() throws Exception {
        assertThatThrownBy(() -> mp.queue(0, 0)).isInstanceOf(IllegalArgumentException.class);
        Queue<byte[]> queue = mp.queue(0, 100_000);
        assertThatThrownBy(() -> queue.put(new byte[100_001])).isInstanceOf(IllegalArgumentException.class);
        assertThat(queue.isEmpty()).isTrue();
        for (int bytes : new int[] {10, 70_000, 20_000, 99_000, 60_000}) {
            queue.put(new byte[bytes]);
            assertThat(queue.get()).hasSize(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 1000, 16_384, 70_000, 1_000_000, 5_000_000, 100_000_000})
    void messagesMayBeOfAnySize(int bytes) throws Exception {
        Queue<byte[]> queue = queue(0);
        byte[] message = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            message[i] = (byte) (i * 31 + (i >> 8));
        }
        queue.put(message);
        queue.put(new byte[] {1});
        queue.put(message);
        assertThat(Arrays.equals(queue.get(), message)).isTrue();
        assertThat(queue.get()).containsExactly(1);
        assertThat(Arrays.equals(queue.get(), message)).isTrue();
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void growsAndKeepsTheOrder() throws Exception {
        Queue<String> queue = queue(0);
        String padding = "x".repeat(300);
        int put = 0;
        int got = 0;
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 4_000; i++) {
                queue.put(put++ + padding);
            }
            for (int i = 0; i < 3_000; i++) {
                assertThat(queue.get()).isEqualTo(got++ + padding);
            }
        }
        assertThat(queue.size()).isEqualTo(put - got);
        while (got < put) {
            assertThat(queue.poll()).isEqualTo(got++ + padding);
        }
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void handlesTravelInMessages() throws Exception {
        Queue<Object> queue = queue(0);
        IntValue value = mp.intValue(5);
        queue.put(value);
        queue.put(queue);
        ((IntValue) queue.get()).increment();
        assertThat(value.get()).isEqualTo(6);
        assertThat(queue.get()).isSameAs(queue);
        assertThat(Travel.copyOf(queue)).isEqualTo(queue).hasSameHashCodeAs(queue);
    }

    @Test
    void hasAName() throws Exception {
        Queue<Integer> queue = mp.named("jobs").queue(3);
        queue.put(1);
        Queue<Integer> same = mp.named("jobs").queue(3);
        assertThat(same.get()).isEqualTo(1);
        assertThat((Object) mp.attach("jobs", Queue.class)).isEqualTo(queue);
    }

    @Test
    void toStringSaysHowManyThereAre() throws Exception {
        Queue<Integer> queue = queue(3);
        queue.put(1);
        assertThat(queue.toString()).endsWith("Queue[1 of 3 messages]");
        queue.shutdown();
        assertThat(queue.toString()).endsWith("Queue[1 of 3 messages, shut down]");
    }
}
