package io.multiprocessing.testkit.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Event;
import io.multiprocessing.IntValue;
import io.multiprocessing.Manager;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Pool;
import io.multiprocessing.PoolOptions;
import io.multiprocessing.PoolWorker;
import io.multiprocessing.TaskNotSerializableException;
import io.multiprocessing.testkit.jvm.Await;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The workers of a pool and what they have of their own, in every context. */
@SuppressWarnings("FutureReturnValueIgnored") // where it is about the call
public abstract class PoolWorkersContract extends ProcessSuite {
    private static final List<Integer> HUNDRED = IntStream.range(0, 100).boxed().toList();

    @Test
    void workersAreReplacedAfterSoManyTasks() throws Exception {
        onlyWithJvms();
        try (Pool pool = mp.pool(PoolOptions.defaults().size(1).maxTasksPerWorker(3))) {
            List<Long> pids = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                pids.add(pool.apply(() -> ProcessHandle.current().pid()));
            }
            assertThat(new HashSet<>(pids)).hasSize(3);
            assertThat(pids.get(0)).isEqualTo(pids.get(2)).isNotEqualTo(pids.get(3));
            assertThat(pids.get(3)).isEqualTo(pids.get(5)).isNotEqualTo(pids.get(6));
            assertThat(new HashSet<>(pool.map(n -> ProcessHandle.current().pid(), List.of(1, 2, 3, 4), 1)))
                    .hasSize(2);
        }
    }

    @Test
    void workersHaveInitializerStateAndExitHook() throws Exception {
        IntValue begun = mp.intValue(0);
        IntValue ended = mp.intValue(0);
        var options = PoolOptions.defaults()
                .size(2)
                .workerName("smith")
                .initializer(() -> begun.increment())
                .state(() -> new AtomicInteger(1_000))
                .exitHook(() -> ended.add(stateOfWorker().get()));
        try (Pool pool = mp.pool(options)) {
            List<Integer> counts = pool.map(n -> stateOfWorker().incrementAndGet(), HUNDRED, 1);
            assertThat(counts).allMatch(count -> count > 1_000);
            assertThat(pool.apply(() -> PoolWorker.current().orElseThrow().number()))
                    .isBetween(0, 1);
            assertThat(pool.apply(() -> Multiprocessing.currentProcess().name()))
                    .startsWith("smith-");
        }
        assertThat(begun.get()).isEqualTo(2);
        assertThat(ended.get()).isEqualTo(2_100);
        assertThat(PoolWorker.current()).isEmpty();
    }

    private static AtomicInteger stateOfWorker() {
        return PoolWorker.current().orElseThrow().state(AtomicInteger.class);
    }

    @Test
    void jvmOptionsAreThoseOfTheWorkers() throws Exception {
        onlyWithJvms();
        try (Pool pool = mp.pool(
                PoolOptions.defaults().size(1).jvmOptions("-Dcolour=green").heapLimit(64 << 20))) {
            assertThat(pool.apply(() -> System.getProperty("colour"))).isEqualTo("green");
            assertThat(pool.apply(() -> Runtime.getRuntime().maxMemory())).isLessThanOrEqualTo(64 << 20);
        }
    }

    @Test
    void aTaskMayHaveAPoolOfItsOwn() throws Exception {
        try (Pool pool = mp.pool(1)) {
            List<Integer> inner = pool.apply(() -> {
                try (var own = Multiprocessing.open();
                        Pool nested = own.pool(2)) {
                    return new ArrayList<>(nested.map(n -> n * n, List.of(1, 2, 3), 1));
                }
            });
            assertThat(inner).containsExactly(1, 4, 9);
        }
    }

    @Test
    void aTaskCanNotUseThePoolItRunsIn_andIsRefused() throws Exception {
        try (Pool pool = mp.pool(1)) {
            assertThatThrownBy(() -> pool.submit(() -> pool.apply(() -> 1)))
                    .isInstanceOf(TaskNotSerializableException.class)
                    .hasMessageContainingAll("is a pool, which can't leave its process", "one of its own");
            assertThatThrownBy(() -> pool.map(n -> pool.map(m -> m, HUNDRED), HUNDRED))
                    .isInstanceOf(TaskNotSerializableException.class);
            assertThat(pool.apply(() -> 1)).isEqualTo(1);
        }
    }

    @Test
    void aTaskCanNotUseTheManagersPoolItRunsIn_andIsRefused() throws Exception {
        onlyWithJvms();
        try (Manager manager = mp.manager()) {
            Pool pool = manager.pool(1);
            assertThatThrownBy(() -> pool.apply(() -> pool.apply(() -> 1)))
                    .cause()
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageContaining("the pool that it runs in");
            assertThat(pool.apply(() -> 1)).isEqualTo(1);
        }
    }

    @Test
    void chunksAreFourForEachWorker_ifNobodySaysAnother_andCountAsATask() throws Exception {
        onlyWithJvms();
        List<Integer> inputs = IntStream.range(0, 10).boxed().toList();
        try (Pool pool = mp.pool(PoolOptions.defaults().size(1).maxTasksPerWorker(1))) {
            List<Long> pids = pool.map(n -> ProcessHandle.current().pid(), inputs);
            assertThat(pids.stream().distinct()).hasSize(4);
            assertThat(new HashSet<>(pids.subList(0, 3))).hasSize(1);
            assertThat(new HashSet<>(pids.subList(3, 6))).hasSize(1);
            assertThat(new HashSet<>(pids.subList(6, 9))).hasSize(1);
        }
    }

    @Test
    void thereAreNeverMoreThanItsSize() throws Exception {
        Event release = mp.event();
        try (Pool pool = mp.pool(2)) {
            List<CompletableFuture<Boolean>> futures = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                futures.add(pool.submit(() -> release.await(FOREVER)));
            }
            assertThat(pool.workerPids()).hasSize(2);
            assertThat(Multiprocessing.activeChildren()).hasSize(2);
            release.set();
            assertThat(futures).allSatisfy(future -> assertThat(future.get()).isTrue());
            assertThat(pool.insights().workers())
                    .allSatisfy(worker -> assertThat(worker.starts()).isEqualTo(1));
        }
    }

    /** What a worker has seen of an input that it had. */
    private static volatile @Nullable WeakReference<int[]> seen;

    @Test
    void aWorkerKeepsNoInputThatItIsDoneWith() throws Exception {
        int[] input = new int[1_000];
        try (Pool pool = mp.pool(1)) {
            for (int chunkSize : List.of(1, 2)) {
                pool.map(
                        given -> {
                            seen = new WeakReference<>(given);
                            return 1;
                        },
                        List.of(input, input),
                        chunkSize);
                pool.submit(() -> Await.until("the input is collected", () -> {
                            System.gc();
                            return requireNonNull(seen).refersTo(null);
                        }))
                        .get();
            }
        }
    }

    @Test
    void aTaskMayHaveAPoolInTheContextOfWhatItUses() throws Exception {
        IntValue sum = mp.intValue(0);
        try (Pool pool = mp.pool(1)) {
            List<Integer> inner = pool.map(
                    n -> {
                        try (Pool own = sum.context().pool(1)) {
                            return own.apply(() -> sum.add(n));
                        }
                    },
                    List.of(1, 2),
                    1);
            assertThat(inner).containsExactly(1, 3);
        }
        assertThat(sum.get()).isEqualTo(3);
    }

    @Test
    void aThreadThatATaskHasLeftBehind_keepsNoWorker() throws Exception {
        onlyWithJvms();
        IntValue hooks = mp.intValue(0);
        Event isShutDown = mp.event();
        try (Pool pool =
                mp.pool(PoolOptions.defaults().size(1).maxTasksPerWorker(1).exitHook(hooks::increment))) {
            pool.submit(PoolWorkersContract::leaveAThreadBehind).get();
            pool.submit(() -> {
                leaveAThreadBehind();
                isShutDown.await();
            });
            pool.shutdown(); // so that nobody comes after this one
            isShutDown.set();
        }
        assertThat(hooks.get()).isEqualTo(2);
        Pool pool = mp.pool(PoolOptions.defaults()
                .size(1)
                .restartLimit(0, Duration.ofMinutes(5))
                .initializer(() -> {
                    leaveAThreadBehind();
                    throw new IOException("no licence");
                }));
        assertThat(PoolBeginContract.givenUp(pool)).hasRootCauseMessage("no licence");
        pool.close();
    }

    private static void leaveAThreadBehind() {
        Thread.ofPlatform().daemon(false).start(() -> {
            try {
                Thread.sleep(FOREVER);
            } catch (InterruptedException asked) {
                // as it should be
            }
        });
    }
}
