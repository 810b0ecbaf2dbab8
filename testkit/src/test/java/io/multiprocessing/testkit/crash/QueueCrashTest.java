package io.multiprocessing.testkit.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.JoinableQueue;
import io.multiprocessing.Queue;
import io.multiprocessing.codec.Handle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds when a process dies at a kill point of a queue. */
class QueueCrashTest extends CrashTest {
    private static final int LARGE = 3_000_000;

    @ParameterizedTest
    @CsvSource({"queue-K1:3,2", "queue-K2:3,3", "queue-K3:3,3", "queue-K10,0"})
    void messageIsPutOrNot_whenItsProducerIsDead(String point, int put) throws Exception {
        Queue<Integer> queue = mp.queue();
        CrashHarness.killChildAt(mp, point, () -> {
            for (int i = 0; i < 10; i++) {
                queue.put(i);
            }
        });
        assertThat(queue.size()).isEqualTo(put);
        recovered(() -> {
            queue.put(-1);
            return null;
        });
        for (int i = 0; i < put; i++) {
            assertThat(next(queue)).isEqualTo(i);
        }
        assertThat(next(queue)).isEqualTo(-1);
        assertThat(queue.poll()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"queue-K4:3,2", "queue-K5:3,3", "queue-K6:3,3"})
    void messageIsThereOrTaken_whenItsConsumerIsDead(String point, int taken) throws Exception {
        Queue<Integer> queue = mp.queue(10);
        for (int i = 0; i < 10; i++) {
            queue.put(i);
        }
        CrashHarness.killChildAt(mp, point, () -> {
            while (true) {
                queue.get();
            }
        });
        assertThat(queue.size()).isEqualTo(10 - taken);
        for (int i = taken; i < 10; i++) {
            assertThat(next(queue)).isEqualTo(i);
        }
        assertThat(queue.poll()).isNull();
        assertThat(queue.offer(1)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"queue-K1:3,2", "queue-K2:3,3"})
    void ofABatchThoseArePutThatWereCommitted_whenItsProducerIsDead(String point, int put) throws Exception {
        Queue<Integer> queue = mp.queue();
        CrashHarness.killChildAt(mp, point, () -> queue.putAll(List.of(0, 1, 2, 3, 4)));
        assertThat(queue.size()).isEqualTo(put);
        recovered(() -> {
            queue.putAll(List.of(10, 11));
            return null;
        });
        List<Integer> all = new ArrayList<>();
        assertThat(queue.drainTo(all)).isEqualTo(put + 2);
        assertThat(all).startsWith(0, 1).endsWith(10, 11);
    }

    @ParameterizedTest
    @CsvSource({"queue-K4,0", "queue-K5,64", "queue-K4:2,64", "queue-K5:2,128", "queue-K4:3,128", "queue-K5:3,130"})
    void ofABatchThoseAreTakenThatWereCommitted_whenItsConsumerIsDead(String point, int taken) throws Exception {
        Queue<Integer> queue = mp.queue(130);
        queue.putAll(IntStream.range(0, 130).boxed().toList());
        CrashHarness.killChildAt(mp, point, () -> queue.drainTo(new ArrayList<>()));
        assertThat(queue.size()).isEqualTo(130 - taken);
        recovered(() -> queue.offer(130));
        assertThat(queue.snapshot())
                .isEqualTo(
                        IntStream.range(taken, taken == 0 ? 130 : 131).boxed().toList());
    }

    @Test
    void whoWaitsGets_whenAnotherWaiterIsDead() throws Exception {
        Queue<Integer> queue = mp.queue();
        CrashHarness.killChildAt(mp, "take-K1", queue::get);
        for (int i = 0; i < 3; i++) {
            Future<Integer> getter = begin(queue::get);
            queue.put(i);
            assertThat(recovered(getter)).isEqualTo(i);
        }
    }

    @Test
    void whoWaitsGets_whenTheProducerDiedBeforeItWokeAnybody() throws Exception {
        Queue<Integer> queue = mp.queue();
        Future<Integer> getter = begin(queue::get);
        CrashHarness.killChildAt(mp, "queue-K3", () -> queue.put(1));
        assertThat(recovered(getter)).isEqualTo(1);
    }

    @Test
    void whoWaitsPuts_whenTheConsumerDiedBeforeItWokeAnybody() throws Exception {
        Queue<Integer> queue = mp.queue(1);
        queue.put(1);
        Future<Boolean> putter = begin(() -> {
            queue.put(2);
            return true;
        });
        CrashHarness.killChildAt(mp, "queue-K6", queue::get);
        assertThat(recovered(putter)).isTrue();
        assertThat(queue.get()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue-K7", "queue-K8"})
    void goesOn_whenWhoAddedARingIsDead(String point) throws Exception {
        Queue<byte[]> queue = mp.queue();
        Path folder = Path.of(((Handle.Source) queue).handle().context());
        CrashHarness.killChildAt(mp, point, () -> {
            while (true) {
                queue.put(new byte[1_000]);
            }
        });
        int put = queue.size();
        assertThat(put).isGreaterThan(50);
        for (int i = 0; i < put; i++) {
            assertThat(next(queue)).hasSize(1_000);
        }
        assertThat(recovered(() -> queue.poll() == null)).isTrue();
        for (int i = 0; i < 500; i++) {
            queue.put(new byte[] {(byte) i});
        }
        for (int i = 0; i < 500; i++) {
            assertThat(queue.get()).containsExactly(i);
        }
        assertThat(rings(folder)).isEqualTo(1);
    }

    @Test
    void goesOn_whenWhoRemovedARingIsDead() throws Exception {
        Queue<byte[]> queue = mp.queue();
        Path folder = Path.of(((Handle.Source) queue).handle().context());
        for (int i = 0; i < 1_000; i++) {
            queue.put(new byte[1_000]);
        }
        int before = rings(folder);
        assertThat(before).isGreaterThan(1);
        CrashHarness.killChildAt(mp, "queue-K9", () -> {
            while (true) {
                queue.get();
            }
        });
        int left = queue.size();
        assertThat(left).isBetween(900, 999);
        for (int i = 0; i < left; i++) {
            assertThat(next(queue)).hasSize(1_000);
        }
        assertThat(queue.poll()).isNull();
        assertThat(rings(folder)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"queue-K1,0", "queue-K11,0", "queue-K2,1"})
    void fileOfAMessageThatWasNotPutIsRemoved(String point, int put) throws Exception {
        Queue<byte[]> queue = mp.queue();
        Path folder = Path.of(((Handle.Source) queue).handle().context());
        CrashHarness.killChildAt(mp, point, () -> queue.put(new byte[LARGE]));
        assertThat(files(folder, "spill-")).isEqualTo(1);
        assertThat(queue.size()).isEqualTo(put);
        queue.put(new byte[10]);
        assertThat(files(folder, "spill-")).isEqualTo(put);
        if (put == 1) {
            assertThat(next(queue)).hasSize(LARGE);
        }
        assertThat(next(queue)).hasSize(10);
        assertThat(files(folder, "spill-")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"queue-K4,1", "queue-K5,0", "queue-K12,0", "queue-K13,0"})
    void fileOfAMessageThatWasTakenIsRemoved(String point, int left) throws Exception {
        Queue<byte[]> queue = mp.queue();
        Path folder = Path.of(((Handle.Source) queue).handle().context());
        queue.put(new byte[LARGE]);
        CrashHarness.killChildAt(mp, point, queue::get);
        assertThat(queue.size()).isEqualTo(left);
        assertThat(files(folder, "spill-")).isEqualTo(1);
        queue.put(new byte[10]);
        assertThat(next(queue)).hasSize(left == 1 ? LARGE : 10);
        assertThat(files(folder, "spill-")).isZero();
    }

    @Test
    void joinDoesNotEnd_forAMessageThatDiedWithItsConsumer() throws Exception {
        JoinableQueue<Integer> queue = mp.joinableQueue();
        queue.putAll(List.of(1, 2));
        CrashHarness.killChildAt(mp, "queue-K5", queue::get);
        assertThat(next(queue)).isEqualTo(2);
        queue.taskDone();
        assertThat(queue.join(Duration.ofMillis(50))).isFalse();
        queue.taskDone();
        queue.join();
    }

    /** What a dead process must not keep from us. */
    private <E> E next(Queue<E> queue) throws Exception {
        return recovered(() -> queue.get());
    }

    private static int rings(Path folder) throws IOException {
        int rings = 0;
        try (var files = Files.newDirectoryStream(folder, "segment-*")) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                long id = Long.parseUnsignedLong(name.substring("segment-".length()), 16);
                rings += (id & 1L << 30) != 0 ? 1 : 0;
            }
        }
        return rings;
    }

    private static int files(Path folder, String prefix) throws IOException {
        try (var files = Files.list(folder)) {
            return (int) files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .count();
        }
    }
}
