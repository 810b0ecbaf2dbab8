package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Event;
import io.multiprocessing.Pool;
import io.multiprocessing.PoolInsights;
import io.multiprocessing.PoolOptions;
import io.multiprocessing.PoolProgress;
import io.multiprocessing.PoolResults;
import io.multiprocessing.WorkerDiedException;
import io.multiprocessing.testkit.jvm.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
            assertThat(told.getLast().isEnded()).isTrue();
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
                        if (n == 99) {
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
            // On a busy machine others may take longer than this one.
            assertThat(insights.slowest()).hasSizeLessThanOrEqualTo(10).anySatisfy(slow -> {
                assertThat(slow.task()).contains("input 99 of map");
                assertThat(slow.time()).isGreaterThan(Duration.ofMillis(199));
            });
        }
    }

    @Test
    void insightsKnowWhoDied_andWhatTookLongestFirst() throws Exception {
        onlyWithJvms();
        try (Pool pool = mp.pool(PoolOptions.defaults().size(1))) {
            long first = pool.workerPids().getFirst();
            for (int millis : List.of(20, 60, 40)) {
                pool.submit(() -> Thread.sleep(millis)).get();
            }
            assertThatThrownBy(() -> pool.apply(() -> {
                        System.exit(1);
                        return 1;
                    }))
                    .hasCauseInstanceOf(WorkerDiedException.class);
            Thread.sleep(30); // for which the next worker waits, or starts
            assertThat(pool.apply(() -> 1)).isEqualTo(1);

            PoolInsights insights = pool.insights();
            assertThat(insights.restarts()).isEqualTo(1);
            PoolInsights.Worker worker = insights.workers().getFirst();
            assertThat(worker.pid())
                    .isNotEqualTo(first)
                    .isEqualTo(pool.workerPids().getFirst());
            assertThat(worker.starts()).isEqualTo(2);
            assertThat(worker.tasks()).isEqualTo(4); // that of the dead one was not done
            assertThat(worker.startUp()).isPositive();
            assertThat(worker.waiting()).isPositive();
            assertThat(worker.working()).isGreaterThanOrEqualTo(Duration.ofMillis(120));
            assertThat(insights.slowest())
                    .isSortedAccordingTo(
                            Comparator.comparing(PoolInsights.SlowTask::time).reversed());
            assertThat(insights.slowest().getFirst().time()).isGreaterThanOrEqualTo(Duration.ofMillis(60));
            assertThat(insights.slowest()).allSatisfy(task -> {
                assertThat(task.task()).contains("the task of");
                assertThat(task.worker()).isZero();
            });
        }
    }

    @Test
    void progressEnds_whenAMapIsCancelledOrClosed() throws Exception {
        List<PoolProgress> told = new CopyOnWriteArrayList<>();
        Event runs = mp.event();
        try (Pool pool = mp.pool(PoolOptions.defaults().size(1).progress(told::add))) {
            CompletableFuture<List<Integer>> map = pool.mapAsync(
                    n -> {
                        runs.set();
                        Thread.sleep(FOREVER);
                        return n;
                    },
                    HUNDRED,
                    1);
            runs.await();
            map.cancel(true);
            Await.until("the end of the map is told", () -> told.stream().anyMatch(PoolProgress::isEnded));
            assertThat(told.getLast().done()).isLessThan(100);
            told.clear();
            PoolResults<Integer> results =
                    pool.imap(n -> n, () -> Stream.iterate(0, n -> n + 1).iterator());
            assertThat(results.next()).isZero();
            results.close();
            assertThat(told.getLast().isEnded()).isTrue();
            assertThat(told).allSatisfy(progress -> {
                assertThat(progress.total()).isEmpty();
                assertThat(progress.remaining()).isEmpty();
                assertThat(progress.number()).isEqualTo(2);
            });
        }
    }

    @Test
    void aFlightRecordingHasTheWorkersAndTheirTasks() throws Exception {
        Path file = Files.createTempFile("pool", ".jfr");
        List<Long> pids;
        try (var recording = new Recording()) {
            recording.start();
            try (Pool pool = mp.pool(PoolOptions.defaults().size(2).workerName("recorded"))) {
                pool.map(n -> n, HUNDRED, 1);
                pids = pool.workerPids();
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
                    .hasSize(2)
                    .allSatisfy(event -> assertThat(event.getInt("exitCode")).isNotPositive());
            assertThat(events)
                    .filteredOn(event -> event.getEventType().getName().endsWith("PoolWorkerReady"))
                    .isNotEmpty()
                    .allSatisfy(
                            event -> assertThat(event.getDuration("startUp")).isPositive());
            assertThat(events)
                    .filteredOn(event -> event.getEventType().getName().endsWith("PoolTasks"))
                    .allSatisfy(event -> {
                        assertThat(event.getString("first")).contains("of map");
                        assertThat(event.getDuration("worked")).isGreaterThanOrEqualTo(Duration.ZERO);
                        assertThat(event.getDuration("waited")).isGreaterThanOrEqualTo(Duration.ZERO);
                    })
                    .anySatisfy(event -> assertThat(event.getDuration("waited")).isPositive());
            assertThat(events).allSatisfy(event -> {
                assertThat(event.getInt("worker")).isBetween(0, 1);
                if (isEachProcessAJvm()) {
                    assertThat(event.getLong("pid")).isIn(pids);
                }
            });
        } finally {
            Files.delete(file);
        }
    }
}
