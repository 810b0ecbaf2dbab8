package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Event;
import io.multiprocessing.IntArray;
import io.multiprocessing.IntValue;
import io.multiprocessing.Pool;
import io.multiprocessing.PoolOptions;
import io.multiprocessing.PoolWorker;
import io.multiprocessing.testkit.jvm.Await;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a pool does with tasks and inputs, in every context. */
@SuppressWarnings("FutureReturnValueIgnored") // where it is about the call
public abstract class PoolContract extends ProcessSuite {
    private static final List<Integer> HUNDRED = IntStream.range(0, 100).boxed().toList();
    private static final List<Integer> HUNDRED_SQUARES =
            IntStream.range(0, 100).map(n -> n * n).boxed().toList();

    @Test
    void appliesATaskInAnotherProcess() throws Exception {
        onlyWithJvms();
        try (Pool pool = mp.pool(2)) {
            long pid = pool.apply(() -> ProcessHandle.current().pid());
            assertThat(pid).isNotEqualTo(ProcessHandle.current().pid());
            assertThat(pool.workerPids()).hasSize(2).contains(pid);
            assertThat(pool.size()).isEqualTo(2);
            assertThat(pool.toString()).contains("2 of 2 workers");
        }
    }

    @Test
    void mapKeepsTheOrder_withAnySizeOfChunks() throws Exception {
        try (Pool pool = mp.pool(2)) {
            assertThat(pool.map(n -> n * n, HUNDRED)).isEqualTo(HUNDRED_SQUARES);
            assertThat(pool.map(n -> n * n, HUNDRED, 1)).isEqualTo(HUNDRED_SQUARES);
            assertThat(pool.map(n -> n * n, HUNDRED, 7)).isEqualTo(HUNDRED_SQUARES);
            assertThat(pool.map(n -> n * n, HUNDRED, 1_000)).isEqualTo(HUNDRED_SQUARES);
            CompletableFuture<List<Integer>> async = pool.mapAsync(n -> n * n, HUNDRED, 3);
            assertThat(async.get()).isEqualTo(HUNDRED_SQUARES);
        }
    }

    @Test
    void nullsAreInputsAndResultsLikeOthers() throws Exception {
        try (Pool pool = mp.pool(1)) {
            assertThat(pool.map(n -> n, Arrays.asList(1, null, 3))).containsExactly(1, null, 3);
            assertThat(pool.map(n -> n, Arrays.asList(1, null, 3), 1)).containsExactly(1, null, 3);
        }
    }

    @Test
    void starmapSpreadsPairs() throws Exception {
        try (Pool pool = mp.pool(2)) {
            var pairs = List.of(Map.entry(2, "a"), Map.entry(3, "b"));
            assertThat(pool.starmap((Integer times, String text) -> text.repeat(times), pairs))
                    .containsExactly("aa", "bbb");
            CompletableFuture<List<String>> async =
                    pool.starmapAsync((Integer times, String text) -> text.repeat(times), pairs);
            assertThat(async.get()).containsExactly("aa", "bbb");
            assertThat(pool.starmap((Integer times, String text) -> text.repeat(times), pairs, 1))
                    .containsExactly("aa", "bbb");
            async = pool.starmapAsync((Integer times, String text) -> text.repeat(times), pairs, 2);
            assertThat(async.get()).containsExactly("aa", "bbb");
        }
    }

    @Test
    void numbersOfEachTypeArriveAsWhatTheyAre() throws Exception {
        try (Pool pool = mp.pool(2)) {
            assertThat(pool.map(n -> n / 2, HUNDRED.stream().map(n -> 3L * n).toList()))
                    .isEqualTo(HUNDRED.stream().map(n -> 3L * n / 2).toList());
            assertThat(pool.map(n -> n / 2, HUNDRED.stream().map(n -> 0.1 * n).toList()))
                    .isEqualTo(HUNDRED.stream().map(n -> 0.1 * n / 2).toList());
            assertThat(pool.<Integer, Object>map(n -> n == 99 ? "99" : n, HUNDRED.subList(10, 100)))
                    .hasSize(90)
                    .startsWith(10, 11)
                    .endsWith(98, "99");
        }
    }

    @Test
    void anArrayThatIsAnInput_isTheArrayItself() throws Exception {
        IntArray numbers = mp.intArray(100_000);
        try (Pool pool = mp.pool(2)) {
            pool.starmap(
                    (IntArray shared, Integer part) -> {
                        shared.fill(part * 10_000, (part + 1) * 10_000, part);
                        return part;
                    },
                    IntStream.range(0, 10)
                            .mapToObj(part -> Map.entry(numbers, part))
                            .toList(),
                    3);
        }
        assertThat(numbers.get(0)).isZero();
        assertThat(numbers.get(99_999)).isEqualTo(9);
        assertThat(numbers.stream().sum()).isEqualTo(450_000);
    }

    @Test
    void nothingGivesNothing() throws Exception {
        try (Pool pool = mp.pool(1)) {
            assertThat(pool.map(n -> n, List.of())).isEmpty();
            assertThat(pool.map(n -> n, List.of(), 1)).isEmpty();
            assertThat(pool.mapAsync(n -> n, List.of()).get()).isEqualTo(List.of());
            assertThat(pool.imap(n -> n, List.of()).hasNext()).isFalse();
            assertThatThrownBy(() -> pool.imapUnordered(n -> n, List.of()).next())
                    .isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void workersShareWhatIsShared() throws Exception {
        IntValue sum = mp.intValue(0);
        try (Pool pool = mp.pool(2)) {
            pool.map(n -> sum.add(n), HUNDRED, 1);
        }
        assertThat(sum.get()).isEqualTo(4_950);
    }

    @Test
    void allWorkersWork() throws Exception {
        onlyWithJvms();
        Event bothAreThere = mp.event();
        IntValue there = mp.intValue(0);
        try (Pool pool = mp.pool(2)) {
            List<Long> pids = pool.map(
                    n -> {
                        if (there.add(1) == 2) {
                            bothAreThere.set();
                        }
                        bothAreThere.await();
                        return ProcessHandle.current().pid();
                    },
                    List.of(1, 2),
                    1);
            assertThat(pids).doesNotHaveDuplicates();
        }
    }

    @Test
    void whatWaitsBehindALongTask_isDoneByAnother() throws Exception {
        Event release = mp.event();
        try (Pool pool = mp.pool(2)) {
            pool.map(n -> n, HUNDRED, 1); // workers are expected to be quick now
            CompletableFuture<Boolean> isLong = pool.submit(() -> release.await(FOREVER));
            assertThat(pool.map(n -> n * n, HUNDRED, 1)).isEqualTo(HUNDRED_SQUARES);
            release.set();
            assertThat(isLong.get()).isTrue();
        }
    }

    @Test
    void inputsBehindASlowOneAreDoneByOthers_eachOnce() throws Exception {
        IntArray runs = mp.intArray(5_000);
        IntValue done = mp.intValue(0);
        List<Integer> inputs = IntStream.range(0, 5_000).boxed().toList();
        try (Pool pool = mp.pool(2)) {
            assertThat(pool.map(
                            n -> {
                                runs.getAndAdd(n, 1);
                                if (n == 3_000) {
                                    Await.until("all others are done", () -> done.get() == 4_999);
                                }
                                done.increment();
                                return n;
                            },
                            inputs,
                            1))
                    .isEqualTo(inputs);
        }
        assertThat(runs.toArray()).containsOnly(1);
    }

    @Test
    void resultsAreThoseOfTheirTime_thoughTheyAreSentTogether() throws Exception {
        List<Integer> inputs = IntStream.range(0, 2_000).boxed().toList();
        try (Pool pool = mp.pool(PoolOptions.defaults().size(1).state(() -> new int[1]))) {
            List<int[]> results = pool.map(
                    n -> {
                        int[] one = PoolWorker.current().orElseThrow().state(int[].class);
                        one[0] = n;
                        return one;
                    },
                    inputs,
                    1);
            for (int i = 0; i < results.size(); i++) {
                assertThat(results.get(i)).containsExactly(i);
            }
        }
    }
}
