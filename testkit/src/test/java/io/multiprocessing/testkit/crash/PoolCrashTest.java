package io.multiprocessing.testkit.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.IntArray;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Pool;
import io.multiprocessing.PoolOptions;
import io.multiprocessing.PoolResults;
import io.multiprocessing.WorkerDiedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each worker of a pool dies when it has put or got some messages; no result is lost, and none comes twice. */
class PoolCrashTest {
    private static final int INPUTS = 12;
    private static final List<Integer> ALL = IntStream.range(0, INPUTS).boxed().toList();

    private static PoolOptions dyingAt(String crashPoint) {
        return PoolOptions.defaults()
                .size(2)
                .restartLimit(1_000, Duration.ofHours(1))
                .jvmOptions(CrashHarness.option(crashPoint));
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue-K1:5", "queue-K2:5", "queue-K3:5", "queue-K4:5", "queue-K5:5", "queue-K6:5"})
    void everyResultIsThereOnce_whenTasksAreRunAgain(String crashPoint) throws Exception {
        try (var mp = Multiprocessing.open("local:");
                Pool pool = mp.pool(dyingAt(crashPoint).retries(100))) {
            assertThat(pool.mapAsync(n -> n * n, ALL, 1).get(120, TimeUnit.SECONDS))
                    .isEqualTo(ALL.stream().map(n -> n * n).toList());
            assertThat(pool.mapAsync(n -> n * n, ALL, 3).get(120, TimeUnit.SECONDS))
                    .isEqualTo(ALL.stream().map(n -> n * n).toList());
        }
    }

    /** A worker puts that it is ready, then a parcel and its report for each input. */
    @ParameterizedTest
    @ValueSource(strings = {"queue-K11:2", "queue-K1:4", "queue-K3:4", "queue-K3:5"})
    void aParcelWithoutAReport_isNotTakenForThatOfTheNextWorker(String crashPoint) throws Exception {
        try (var mp = Multiprocessing.open("local:");
                Pool pool = mp.pool(dyingAt(crashPoint).retries(100))) {
            CompletableFuture<List<byte[]>> map = pool.mapAsync(n -> new byte[(1 << 20) + n], ALL.subList(0, 6), 1);
            assertThat(map.get(120, TimeUnit.SECONDS))
                    .extracting(result -> result.length - (1 << 20))
                    .isEqualTo(ALL.subList(0, 6));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue-K1:4", "queue-K3:4", "queue-K5:4"})
    void whatWasLostIsNamed_andNothingRunsTwice(String crashPoint) throws Exception {
        try (var mp = Multiprocessing.open("local:");
                Pool pool = mp.pool(dyingAt(crashPoint))) {
            IntArray runs = mp.intArray(INPUTS);
            int lost = 0;
            try (PoolResults<Integer> results = pool.imap(n -> runs.getAndAdd(n, 1), ALL)) {
                for (int i = 0; i < INPUTS; i++) {
                    try {
                        assertThat(results.next(Duration.ofMinutes(1))).isZero();
                        assertThat(runs.get(i)).isEqualTo(1);
                    } catch (CompletionException failed) {
                        assertThat(failed.getCause())
                                .isInstanceOfSatisfying(
                                        WorkerDiedException.class,
                                        died -> assertThat(died.exitCode()).isEqualTo(-9))
                                .hasMessageContaining("input " + i + " of");
                        assertThat(runs.get(i)).isLessThanOrEqualTo(1);
                        lost++;
                    }
                }
                assertThat(results.hasNext()).isFalse();
            }
            assertThat(lost).as("tasks that died with a worker").isBetween(crashPoint.contains("K3") ? 0 : 1, 11);
        }
    }
}
