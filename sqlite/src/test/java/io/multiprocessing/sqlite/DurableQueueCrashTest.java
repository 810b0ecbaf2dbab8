package io.multiprocessing.sqlite;

import static io.multiprocessing.sqlite.Sql.execute;
import static io.multiprocessing.sqlite.Sql.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.Process;
import io.multiprocessing.Task;
import io.multiprocessing.testkit.crash.CrashHarness;
import io.multiprocessing.testkit.jvm.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** What a {@link DurableQueue} has, and delivers again, when a process dies: at each kill point of it, or anywhere. */
class DurableQueueCrashTest extends DurableQueueSuite {
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
    void strangersHaveAMessageForATime() throws Exception {
        queue.put("a");
        queue.put("b");
        execute(path, "UPDATE queue_jobs SET lease = unixepoch() * 1000 + 3600000 WHERE id = 1");
        assertThat(queue.receive().message()).isEqualTo("b");
        assertThat(queue.tryReceive()).isEmpty();
        execute(path, "UPDATE queue_jobs SET lease = unixepoch() * 1000 - 1000 WHERE id = 1");
        assertThat(queue.receive().message()).isEqualTo("a");
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
        assertThat(text(path, "PRAGMA integrity_check")).isEqualTo("ok");
    }

    /** In a process that is about to die: nobody closes it. */
    private static DurableQueue<String> jobs(String at) {
        return SharedDatabase.open(Path.of(at)).durableQueue("jobs", String.class);
    }

    private void die(String crashPoint, Task task) throws InterruptedException {
        CrashHarness.killChildAt(mp, crashPoint, task);
    }
}
