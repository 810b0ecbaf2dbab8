package io.multiprocessing.sqlite;

import static io.multiprocessing.sqlite.Sql.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Process;
import io.multiprocessing.UnreadableMessageException;
import io.multiprocessing.testkit.jvm.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of {@link DurableQueue}. */
class DurableQueueTest extends DurableQueueSuite {
    private static final Duration SHORT = Duration.ofMillis(60);

    @Test
    void firstInFirstOut() throws Exception {
        queue.put("a");
        queue.add("b");
        assertThat(queue.offer("c")).isTrue();
        assertThat(queue).containsExactly("a", "b", "c").hasSize(3);
        assertThat(queue.peek()).isEqualTo("a");
        assertThat(queue.take()).isEqualTo("a");
        assertThat(queue.poll()).isEqualTo("b");
        assertThat(queue.remove()).isEqualTo("c");
        assertThat(queue.poll()).isNull();
        assertThat(queue.peek()).isNull();
        assertThat(queue.remainingCapacity()).isEqualTo(Integer.MAX_VALUE);
        assertThatThrownBy(() -> queue.put(null)).isInstanceOf(NullPointerException.class);
        assertThat(queue.toString()).contains("jobs", "0 messages");
    }

    @Test
    void drainToTakesManyAtOnce() {
        queue.addAll(List.of("a", "b", "c"));
        List<String> taken = new ArrayList<>();
        assertThat(queue.drainTo(taken, 2)).isEqualTo(2);
        assertThat(queue.drainTo(taken)).isEqualTo(1);
        assertThat(queue.drainTo(taken)).isZero();
        assertThat(taken).containsExactly("a", "b", "c");
    }

    @Test
    void oneThatIsFreeCanBeRemoved() throws Exception {
        queue.addAll(List.of("a", "b", "c", "b"));
        try (Delivery<String> first = queue.receive()) {
            assertThat(queue.remove(first.message())).as("somebody has it").isFalse();
            assertThat(queue.remove("b")).isTrue();
            assertThat(queue.remove((Object) 7)).isFalse();
            first.acknowledge();
        }
        assertThat(queue).containsExactly("c", "b");
        queue.clear();
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void aMessageIsThereUntilItIsAcknowledged() throws Exception {
        queue.put("a");
        try (Delivery<String> delivery = queue.receive()) {
            assertThat(delivery.message()).isEqualTo("a");
            assertThat(queue.tryReceive()).isEmpty();
            assertThat(queue.poll()).isNull();
            assertThat(queue).hasSize(1);
            delivery.acknowledge();
            delivery.acknowledge();
            assertThat(queue).isEmpty();
        }
        assertThat(queue.tryReceive()).isEmpty();
    }

    @Test
    void whatIsGivenBackIsDeliveredFirst() throws Exception {
        queue.put("a");
        queue.put("b");
        Delivery<String> first = queue.receive();
        Delivery<String> second = queue.receive();
        second.close();
        first.close();
        assertThatThrownBy(first::acknowledge)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("given back");
        assertThat(queue.receive().message()).isEqualTo("a");
        assertThat(queue.receive().message()).isEqualTo("b");
    }

    @Test
    void acknowledgingComesToNothing_whenItsTransactionDoes() throws Exception {
        queue.put("a");
        try (Delivery<String> delivery = queue.receive()) {
            assertThatThrownBy(() -> database.inTransaction(connection -> {
                        delivery.acknowledge();
                        throw new IllegalStateException("no");
                    }))
                    .hasMessage("no");
            assertThat(queue).hasSize(1);
        }
        assertThat(queue.take()).isEqualTo("a");
    }

    @Test
    void waitsTimeOut() throws Exception {
        long begin = System.nanoTime();
        assertThat(queue.receive(SHORT)).isEmpty();
        assertThat(queue.poll(60, TimeUnit.MILLISECONDS)).isNull();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(SHORT.multipliedBy(2));
        assertThat(queue.receive(Duration.ZERO)).isEmpty();
        assertThat(queue.receive(Duration.ofSeconds(Long.MIN_VALUE))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoWaitsGetsTheMessage(boolean isWithContext) throws Exception {
        try (SharedDatabase other =
                isWithContext ? SharedDatabase.at(path).context(mp).open() : SharedDatabase.open(path)) {
            var sameQueue = other.durableQueue("jobs", String.class);
            FutureTask<String> taken = begin(sameQueue::take);
            FutureTask<String> received = begin(() -> sameQueue
                    .receive(Duration.ofSeconds(Long.MAX_VALUE))
                    .orElseThrow()
                    .message());
            queue.put("a");
            queue.put("b");
            assertThat(List.of(result(taken), result(received))).containsExactlyInAnyOrder("a", "b");
        }
    }

    @Test
    void whoWaitsIsInterruptible() throws Exception {
        for (Callable<?> wait : List.<Callable<?>>of(queue::take, queue::receive)) {
            FutureTask<?> waiting = new FutureTask<>(wait);
            Thread thread = Thread.ofVirtual().start(waiting);
            thread.interrupt();
            assertThatThrownBy(() -> waiting.get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void whoWaitsEnds_whenTheDatabaseIsClosed() throws Exception {
        FutureTask<String> waiting = begin(queue::take);
        database.close();
        assertThatThrownBy(() -> result(waiting)).hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void putWaits_whileItIsFull() throws Exception {
        DurableQueue<String> small = database.durableQueue("small", String.class, 2);
        small.put("a");
        small.put("b");
        assertThat(small.offer("c")).isFalse();
        assertThat(small.offer("c", 60, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(small.remainingCapacity()).isZero();
        FutureTask<Boolean> waiting = begin(() -> {
            small.put("c");
            return true;
        });
        assertThat(small.take()).isEqualTo("a");
        assertThat(result(waiting)).isTrue();
        assertThat(small).containsExactly("b", "c");
        try (Delivery<String> delivery = small.receive()) {
            assertThat(small.offer("d")).as("what is delivered counts").isFalse();
            delivery.acknowledge();
        }
        assertThat(small.offer("d")).isTrue();
    }

    @Test
    void toWaitInATransactionIsRefused() {
        assertThatThrownBy(() -> database.inTransaction(connection -> {
                    try {
                        return queue.take();
                    } catch (InterruptedException interrupted) {
                        throw new AssertionError(interrupted);
                    }
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("within a transaction");
    }

    @Test
    void aMessageThatCanNotBeReadIsNotInTheWay() throws Exception {
        DurableQueue<List<?>> lists = database.durableQueue("lists", cast(List.class));
        execute(path, "INSERT INTO queue_lists (value) VALUES (x'ffffff')");
        lists.put(List.of(1));
        try (Delivery<List<?>> bad = lists.receive()) {
            assertThatThrownBy(bad::message).isInstanceOf(UnreadableMessageException.class);
            bad.acknowledge();
        }
        assertThat(lists.take()).isEqualTo(List.of(1));
    }

    @Test
    void manyProducersAndConsumersLoseNothing() throws Exception {
        String at = path.toString();
        List<Process> all = new ArrayList<>();
        for (int p = 0; p < 2; p++) {
            int producer = p;
            all.add(mp.process(() -> {
                        try (SharedDatabase own = SharedDatabase.open(Path.of(at))) {
                            var jobs = own.durableQueue("jobs", String.class);
                            for (int i = 0; i < 100; i++) {
                                jobs.put(producer + "-" + i);
                            }
                        }
                    })
                    .start());
            all.add(mp.process(() -> moveHundred(at)).start());
        }
        for (Process each : all) {
            assertThat(each.join(Await.LIMIT)).isTrue();
            assertThat(each.exitCode()).hasValue(0);
        }
        assertThat(queue).isEmpty();
        List<String> done = List.copyOf(database.durableQueue("done", String.class));
        assertThat(new TreeSet<>(done)).hasSize(200);
        assertThat(done).hasSize(200);
    }

    private static void moveHundred(String at) throws InterruptedException {
        try (SharedDatabase own = SharedDatabase.open(Path.of(at))) {
            var jobs = own.durableQueue("jobs", String.class);
            var done = own.durableQueue("done", String.class);
            for (int i = 0; i < 100; i++) {
                try (Delivery<String> delivery = jobs.receive()) {
                    own.inTransaction(connection -> {
                        done.add(delivery.message());
                        delivery.acknowledge();
                        return null;
                    });
                }
            }
        }
    }

    @SuppressWarnings("unchecked") // any list will do
    private static Class<List<?>> cast(Class<?> type) {
        return (Class<List<?>>) type;
    }
}
