package io.multiprocessing.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Context;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import io.multiprocessing.Task;
import io.multiprocessing.UnreadableMessageException;
import io.multiprocessing.testkit.crash.CrashHarness;
import io.multiprocessing.testkit.jvm.Await;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of {@link DurableQueue}, and what holds when a process dies at a kill point of it. */
class DurableQueueTest {
    private static final Duration SHORT = Duration.ofMillis(60);

    @TempDir
    Path folder;

    private Path path;
    private Context mp;
    private SharedDatabase database;
    private DurableQueue<String> queue;

    @BeforeEach
    void open() {
        path = folder.resolve("x.db");
        mp = Multiprocessing.open();
        database = SharedDatabase.open(path);
        queue = database.durableQueue("jobs", String.class);
    }

    @AfterEach
    void close() {
        database.close();
        mp.close();
    }

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
        outside("INSERT INTO queue_lists (value) VALUES (x'ffffff')");
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

    @Test
    void strangersHaveAMessageForATime() throws Exception {
        queue.put("a");
        queue.put("b");
        outside("UPDATE queue_jobs SET lease = unixepoch() * 1000 + 3600000 WHERE id = 1");
        assertThat(queue.receive().message()).isEqualTo("b");
        assertThat(queue.tryReceive()).isEmpty();
        outside("UPDATE queue_jobs SET lease = unixepoch() * 1000 - 1000 WHERE id = 1");
        assertThat(queue.receive().message()).isEqualTo("a");
    }

    @Test
    void theMessageIsThere_whenWhoPutItDiesAtOnce() throws Exception {
        FutureTask<String> waiting = begin(queue::take);
        String at = path.toString();
        die("durable-queue-K1", () -> jobs(at).put("a"));
        assertThat(result(waiting)).isEqualTo("a");
    }

    @Test
    void whatADeadProcessHasReceivedIsDeliveredAgain() throws Exception {
        queue.put("a");
        queue.put("b");
        String at = path.toString();
        die("durable-queue-K2", () -> jobs(at).receive());
        FutureTask<String> first = begin(() -> queue.receive().message());
        String one = result(first);
        String other = queue.receive(Await.LIMIT).orElseThrow().message();
        assertThat(List.of(one, other)).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void whatALivingProcessHasReceivedIsNot() throws Exception {
        queue.put("a");
        var received = mp.event();
        String at = path.toString();
        Process holder = mp.process(() -> {
                    var delivery = jobs(at).receive();
                    received.set();
                    Thread.sleep(Duration.ofMinutes(10));
                    delivery.close();
                })
                .daemon()
                .start();
        assertThat(received.await(Await.LIMIT)).isTrue();
        assertThat(queue.receive(Duration.ofMillis(700))).isEmpty();
        FutureTask<String> waiting = begin(() -> queue.receive().message());
        holder.kill();
        assertThat(result(waiting)).isEqualTo("a");
    }

    @Test
    void whatIsAcknowledgedOrTakenIsGone() throws Exception {
        queue.put("a");
        queue.put("b");
        String at = path.toString();
        die("durable-queue-K3", () -> jobs(at).receive().acknowledge());
        die("durable-queue-K4", () -> Objects.requireNonNull(jobs(at).poll()));
        assertThat(queue).isEmpty();
        assertThat(queue.receive(Duration.ofMillis(300))).isEmpty();
    }

    @Test
    void whatWasReceivedIsDeliveredAgain_whenTheDatabaseIsClosedOrAllIsStartedAnew() throws Exception {
        queue.put("a");
        assertThat(queue.receive().message()).isEqualTo("a");
        database.close();
        database = SharedDatabase.open(path);
        queue = database.durableQueue("jobs", String.class);
        assertThat(queue.receive(Await.LIMIT).orElseThrow().message()).isEqualTo("a");
    }

    @Test
    void theDatabaseIsInOrder_whenProcessesAreKilledAnywhere() throws Exception {
        String at = path.toString();
        for (int i = 0; i < 6; i++) {
            Process process = mp.process(() -> {
                        SharedDatabase own = SharedDatabase.open(Path.of(at));
                        var jobs = own.durableQueue("jobs", String.class);
                        var counts = own.durableDict("counts", String.class, Long.class);
                        while (true) {
                            own.inTransaction(connection -> {
                                jobs.add("x");
                                counts.merge("put", 1L, Long::sum);
                                return null;
                            });
                        }
                    })
                    .start();
            long before = queue.size();
            Await.until("it has put something", () -> queue.size() > before);
            process.kill();
            process.join();
        }
        long size = queue.size();
        assertThat(size).isPositive();
        assertThat(database.durableDict("counts", String.class, Long.class)).containsEntry("put", size);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA integrity_check")) {
            assertThat(row.getString(1)).isEqualTo("ok");
        }
    }

    /** In a process that is about to die: nobody closes it. */
    private static DurableQueue<String> jobs(String at) {
        return SharedDatabase.open(Path.of(at)).durableQueue("jobs", String.class);
    }

    private void die(String crashPoint, Task task) throws InterruptedException {
        CrashHarness.killChildAt(mp, crashPoint, task);
    }

    private static <T> FutureTask<T> begin(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().daemon().start(task);
        return task;
    }

    private static <T> T result(FutureTask<T> task) throws Exception {
        return task.get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    @SuppressWarnings("unchecked") // any list will do
    private static Class<List<?>> cast(Class<?> type) {
        return (Class<List<?>>) type;
    }

    private void outside(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
