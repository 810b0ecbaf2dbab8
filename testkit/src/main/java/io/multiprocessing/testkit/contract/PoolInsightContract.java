package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Event;
import io.multiprocessing.Pool;
import io.multiprocessing.PoolInsights;
import io.multiprocessing.PoolOptions;
import io.multiprocessing.PoolProgress;
import io.multiprocessing.PoolResults;
import io.multiprocessing.testkit.jvm.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;

/** What a pool says of what goes on in it, in every context. */
@SuppressWarnings("FutureReturnValueIgnored") // where it is about the call
public abstract class PoolInsightContract extends ProcessSuite {
    private static final List<Integer> HUNDRED = IntStream.range(0, 100).boxed().toList();
    private static final List<Integer> HUNDRED_SQUARES =
            IntStream.range(0, 100).map(n -> n * n).boxed().toList();

    @Test
    void progressIsTold_fromTheBeginningToTheEnd() throws Exception {
        List<PoolProgress> told = new CopyOnWriteArrayList<>();
        Event mayGoOn = mp.event();
        try (Pool pool = mp.pool(PoolOptions.defaults().size(2).progress(told::add))) {
            CompletableFuture<List<Integer>> map = pool.mapAsync(
                    n -> {
                        if (n == 99) {
                            mayGoOn.await();
                        }
                        return 100 / (n - 50);
                    },
                    HUNDRED,
                    1);
            Await.until("99 are done", () -> told.stream().anyMatch(progress -> progress.done() == 99));
            mayGoOn.set();
            assertThatThrownBy(map::get).hasCauseInstanceOf(ArithmeticException.class);
            PoolProgress last = told.getLast();
            assertThat(last.isEnded()).isTrue();
            assertThat(last.done()).isEqualTo(100);
            assertThat(last.failed()).isEqualTo(1);
            assertThat(last.total()).hasValue(100);
            assertThat(last.perSecond()).isPositive();
            assertThat(last.toString()).contains("mapAsync", "100 of 100, 1 failed", "ended");
            assertThat(told.getFirst().done()).isZero();
            assertThat(told.getFirst().remaining()).isEmpty();
            assertThat(told).filteredOn(PoolProgress::isEnded).hasSize(1);
            assertThat(told).extracting(PoolProgress::done).isSorted();

            told.clear();
            try (PoolResults<Integer> results = pool.imap(n -> n, HUNDRED)) {
                assertThat(results.stream().count()).isEqualTo(100);
            }
            Await.until(
                    "imap has ended", () -> !told.isEmpty() && told.getLast().isEnded());
            assertThat(told.getLast().done()).isEqualTo(100);
            assertThat(told.getLast().total()).hasValue(100);
        }
    }

    @Test
    void aProgressListenerThatThrowsHarmsNobody() throws Exception {
        try (Pool pool = mp.pool(PoolOptions.defaults().size(1).progress(progress -> {
            throw new IllegalStateException("on purpose");
        }))) {
            assertThat(pool.map(n -> n * n, HUNDRED)).isEqualTo(HUNDRED_SQUARES);
        }
    }

    @Test
    void insightsSayWhatWorkersDidWithTheirTime() throws Exception {
        Event never = mp.event();
        try (Pool pool = mp.pool(PoolOptions.defaults().size(2))) {
            pool.map(
                    n -> {
                        if (n == 42) {
                            never.await(Duration.ofMillis(200));
                        }
                        return n;
                    },
                    HUNDRED,
                    1);
            PoolInsights insights = pool.insights();
            assertThat(insights.tasks()).isEqualTo(100);
            assertThat(insights.restarts()).isZero();
            assertThat(insights.workers()).hasSize(2).allSatisfy(worker -> {
                assertThat(worker.pid()).isIn(pool.workerPids());
                assertThat(worker.starts()).isEqualTo(1);
            });
            assertThat(insights.workers())
                    .anySatisfy(worker -> assertThat(worker.startUp()).isPositive());
            assertThat(insights.workers())
                    .anySatisfy(worker -> assertThat(worker.working()).isGreaterThan(Duration.ofMillis(199)));
            PoolInsights.SlowTask slowest = insights.slowest().getFirst();
            assertThat(slowest.task()).contains("input 42 of map");
            assertThat(slowest.time()).isGreaterThan(Duration.ofMillis(199));
            assertThat(insights.slowest()).hasSizeLessThanOrEqualTo(10);
        }
    }

    @Test
    void aFlightRecordingHasTheWorkersAndTheirTasks() throws Exception {
        Path file = Files.createTempFile("pool", ".jfr");
        try (var recording = new Recording()) {
            recording.start();
            try (Pool pool = mp.pool(PoolOptions.defaults().size(2).workerName("recorded"))) {
                pool.map(n -> n, HUNDRED, 1);
            }
            recording.stop();
            recording.dump(file);
            List<RecordedEvent> events = RecordingFile.readAllEvents(file).stream()
                    .filter(event -> event.hasField("pool") && "recorded".equals(event.getString("pool")))
                    .toList();
            assertThat(events.stream()
                            .filter(event -> event.getEventType().getName().equals("io.multiprocessing.PoolTasks"))
                            .mapToInt(event -> event.getInt("count"))
                            .sum())
                    .isEqualTo(100);
            assertThat(events)
                    .filteredOn(event -> event.getEventType().getName().endsWith("PoolWorkerEnd"))
                    .hasSize(2);
            assertThat(events)
                    .filteredOn(event -> event.getEventType().getName().endsWith("PoolWorkerReady"))
                    .isNotEmpty();
        } finally {
            Files.delete(file);
        }
    }
}
