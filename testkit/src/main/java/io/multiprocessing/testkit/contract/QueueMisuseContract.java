package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Queue;
import io.multiprocessing.QueueEmptyException;
import io.multiprocessing.QueueFullException;
import io.multiprocessing.UnreadableMessageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What queues do with what they can't take, can't give, or are not made for. */
public abstract class QueueMisuseContract extends SynchronizationContract {
    /** A message that receivers may lack the class of. */
    record OnlyHere(int number) {}

    @Test
    @SuppressWarnings("NullAway") // that is what is tested
    void refusesNullInEveryWay() throws Exception {
        Queue<Object> queue = mp.queue();
        assertThatNullPointerException().isThrownBy(() -> queue.put(null));
        assertThatNullPointerException().isThrownBy(() -> queue.put(null, SHORT));
        assertThatNullPointerException().isThrownBy(() -> queue.putNow(null));
        assertThatNullPointerException().isThrownBy(() -> queue.add(null));
        assertThatNullPointerException().isThrownBy(() -> queue.offer(null));
        assertThatNullPointerException().isThrownBy(() -> queue.offer(null, 1, TimeUnit.SECONDS));
        assertThatNullPointerException().isThrownBy(() -> queue.putAll(null));
        assertThatNullPointerException().isThrownBy(() -> queue.putAll(Arrays.asList(1, null)));
        assertThatNullPointerException().isThrownBy(() -> queue.addAll(null));
        assertThatNullPointerException().isThrownBy(() -> queue.drainTo(null));
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void aMessageWhoseClassIsNotHereIsTakenAndRefused_andTheQueueGoesOn() throws Exception {
        Queue<Object> queue = mp.queue();
        queue.putAll(List.of(1, new OnlyHere(2), 3, new OnlyHere(4), 5));
        try (Threads threads = Threads.Kind.PLATFORM.open()) {
            threads.run(() -> {
                Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
                assertThat(queue.get()).isEqualTo(1);
                assertThatThrownBy(queue::get)
                        .isInstanceOf(UnreadableMessageException.class)
                        .hasMessageContaining(OnlyHere.class.getName());
                assertThat(queue.size()).isEqualTo(3);
                assertThat(queue.get()).isEqualTo(3);
            });
            threads.join();
        }
        assertThat(queue.get()).isEqualTo(new OnlyHere(4));
        assertThat(queue.get()).isEqualTo(5);
    }

    @Test
    void drainToGivesWhatCanBeRead_andThenSaysWhatCannot() throws Exception {
        Queue<Object> queue = mp.queue();
        queue.putAll(List.of(1, new OnlyHere(2), 3));
        List<Object> read = new ArrayList<>();
        try (Threads threads = Threads.Kind.PLATFORM.open()) {
            threads.run(() -> {
                Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
                assertThatThrownBy(() -> queue.drainTo(read))
                        .isInstanceOf(UnreadableMessageException.class)
                        .hasMessageContaining(OnlyHere.class.getName());
            });
            threads.join();
        }
        assertThat(read).containsExactly(1, 3);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void aQueueMayBeMadeForAnyNumberAndAnyMemory() throws Exception {
        for (Queue<Integer> queue : List.<Queue<Integer>>of(
                mp.queue(Integer.MAX_VALUE),
                mp.queue(Integer.MIN_VALUE),
                mp.queue(1, Long.MAX_VALUE),
                mp.queue(Integer.MAX_VALUE, Long.MAX_VALUE))) {
            queue.put(1);
            assertThat(queue.get()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 65_535})
    void refusesTooLittleMemory(long bytes) {
        assertThatThrownBy(() -> mp.queue(0, bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Long.toString(bytes));
    }

    @Test
    void anyTimeoutWillDo() throws Exception {
        Queue<Integer> queue = mp.queue(1);
        Duration forever = Duration.ofSeconds(Long.MAX_VALUE);
        Duration past = Duration.ofSeconds(Long.MIN_VALUE);
        queue.put(1, forever);
        assertThat(queue.offer(2, Long.MIN_VALUE, TimeUnit.DAYS)).isFalse();
        assertThatThrownBy(() -> queue.put(2, past)).isInstanceOf(QueueFullException.class);
        assertThat(queue.get(forever)).isEqualTo(1);
        assertThat(queue.poll(Long.MIN_VALUE, TimeUnit.DAYS)).isNull();
        assertThatThrownBy(() -> queue.get(past)).isInstanceOf(QueueEmptyException.class);
        assertThat(queue.offer(3, Long.MAX_VALUE, TimeUnit.DAYS)).isTrue();
        assertThat(queue.poll(Long.MAX_VALUE, TimeUnit.DAYS)).isEqualTo(3);
    }

    @Test
    void drainsNothing_whenNothingIsWanted() throws Exception {
        Queue<Integer> queue = mp.queue();
        queue.put(1);
        List<Integer> drained = new ArrayList<>();
        assertThat(queue.drainTo(drained, 0)).isZero();
        assertThat(queue.drainTo(drained, -1)).isZero();
        queue.putAll(List.of());
        assertThat(queue.addAll(List.of())).isFalse();
        assertThat(drained).isEmpty();
        assertThat(queue.snapshot()).containsExactly(1);
    }

    @Test
    void largeMessagesAreDrainedAmongSmallOnes() throws Exception {
        Queue<byte[]> queue = mp.queue();
        int[] sizes = {10, 3_000_000, 20, 100_000, 30, 2_000_000, 1_200_000, 40};
        for (int size : sizes) {
            byte[] message = new byte[size];
            message[size - 1] = 7;
            queue.put(message);
        }
        List<byte[]> drained = new ArrayList<>();
        assertThat(queue.drainTo(drained)).isEqualTo(sizes.length);
        for (int i = 0; i < sizes.length; i++) {
            assertThat(drained.get(i)).hasSize(sizes[i]).endsWith(7);
        }
    }

    @Test
    void largeArraysOfEveryTypeArriveAsTheyWere() throws Exception {
        Queue<Object> queue = mp.queue();
        int[] ints = new int[1_000_000];
        double[] doubles = new double[300_000];
        boolean[] booleans = new boolean[2_000_000];
        Arrays.setAll(ints, i -> i * 31);
        Arrays.setAll(doubles, i -> i / 3.0);
        for (int i = 0; i < booleans.length; i += 3) {
            booleans[i] = true;
        }
        List<Object> all = List.of(ints, "between", doubles, booleans, List.of(1, 2));
        queue.put(all);
        List<?> copy = (List<?>) queue.get();
        assertThat((int[]) copy.get(0)).isEqualTo(ints);
        assertThat(copy.get(1)).isEqualTo("between");
        assertThat((double[]) copy.get(2)).isEqualTo(doubles);
        assertThat((boolean[]) copy.get(3)).isEqualTo(booleans);
        assertThat(copy.get(4)).isEqualTo(List.of(1, 2));
    }
}
