package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Event;
import io.multiprocessing.IntValue;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Pool;
import io.multiprocessing.PoolOptions;
import io.multiprocessing.PoolResults;
import io.multiprocessing.RemoteCallable;
import io.multiprocessing.testkit.jvm.Await;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A pool as an executor service, and its end, in every context. */
@SuppressWarnings("FutureReturnValueIgnored") // where it is about the call
public abstract class PoolServiceContract extends ProcessSuite {
    private static final List<Integer> HUNDRED = IntStream.range(0, 100).boxed().toList();
    private static final List<Integer> HUNDRED_SQUARES =
            IntStream.range(0, 100).map(n -> n * n).boxed().toList();

    @Test
    void submitTakesTasksOfBothKinds() throws Exception {
        IntValue value = mp.intValue(0);
        try (Pool pool = mp.pool(2)) {
            assertThat(pool.submit(() -> "x".repeat(3)).get()).isEqualTo("xxx");
            assertThat(pool.submit(() -> {
                                value.set(5);
                            })
                            .get())
                    .isNull();
            assertThat(value.get()).isEqualTo(5);
            assertThat(pool.submit(
                                    (Runnable & java.io.Serializable) () -> {
                                        value.set(6);
                                    },
                                    "done")
                            .get())
                    .isEqualTo("done");
            pool.execute(() -> value.set(7));
            Await.until("it is executed", () -> value.get() == 7);
        }
    }

    @Test
    void invokeAllAndAny() throws Exception {
        List<RemoteCallable<Integer>> tasks = List.of(() -> 1, () -> 2, () -> 3);
        List<RemoteCallable<Integer>> oneWorks = List.of(
                () -> {
                    throw new IOException("1");
                },
                () -> 2);
        try (Pool pool = mp.pool(2)) {
            List<Future<Integer>> all = pool.invokeAll(tasks);
            assertThat(all).extracting(Future::resultNow).containsExactly(1, 2, 3);
            assertThat(pool.<Integer>invokeAny(oneWorks)).isEqualTo(2);
            List<RemoteCallable<Integer>> stuck = List.of(() -> 1, () -> {
                Thread.sleep(FOREVER);
                return 2;
            });
            List<Future<Integer>> some = pool.invokeAll(stuck, 3, TimeUnit.SECONDS);
            assertThat(some).extracting(Future::state).containsExactly(Future.State.SUCCESS, Future.State.CANCELLED);
        }
    }

    @Test
    void getTimesOut_andTheTaskGoesOn() throws Exception {
        Event release = mp.event();
        try (Pool pool = mp.pool(1)) {
            CompletableFuture<Boolean> future = pool.applyAsync(() -> release.await(FOREVER));
            assertThatThrownBy(() -> future.get(20, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            assertThatThrownBy(() -> pool.apply(() -> 1, Duration.ofMillis(20))).isInstanceOf(TimeoutException.class);
            release.set();
            assertThat(future.get()).isTrue();
        }
    }

    @Test
    void callbacksMayTakeTheirTime_andUseThePool() throws Exception {
        try (Pool pool = mp.pool(1)) {
            CompletableFuture<Integer> twice = pool.submit(() -> {
                        Thread.sleep(50);
                        return 21;
                    })
                    .thenApply(half -> pool.submit(() -> half * 2).join());
            assertThat(twice.get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(42);
            CompletableFuture<String> told = pool.<Integer>submit(() -> {
                        Thread.sleep(50);
                        throw new IOException("callback");
                    })
                    .handle((result, failure) -> failure.getMessage());
            assertThat(told.get()).isEqualTo("callback");
        }
    }

    @Test
    void aCallbackIsToldOnce_ofAllResultsOrOfOneFailure() throws Exception {
        List<List<Integer>> results = Collections.synchronizedList(new ArrayList<>());
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        try (Pool pool = mp.pool(2)) {
            pool.mapAsync(n -> n * n, HUNDRED, 3).thenAccept(results::add).join();
            pool.mapAsync(n -> 100 / (n % 50), HUNDRED, 3)
                    .thenAccept(results::add)
                    .exceptionally(failure -> {
                        failures.add(failure);
                        return null;
                    })
                    .join();
        }
        assertThat(results).containsExactly(HUNDRED_SQUARES);
        assertThat(failures)
                .singleElement()
                .satisfies(failure -> assertThat(failure).hasCauseInstanceOf(ArithmeticException.class));
    }

    @Test
    void whatIsDoneIsNotKept() throws Exception {
        try (Pool pool = mp.pool(1)) {
            List<WeakReference<int[]>> used = inputAndResults(pool);
            Await.until("inputs and results are collected", () -> {
                System.gc();
                return used.stream().allMatch(reference -> reference.refersTo(null));
            });
        }
    }

    private static List<WeakReference<int[]>> inputAndResults(Pool pool) throws Exception {
        int[] input = new int[1_000];
        int[] result = pool.map(n -> n, List.of(input), 1).getFirst();
        int[] other = pool.submit(() -> new int[1_000]).get();
        return Stream.of(input, result, other).map(WeakReference::new).toList();
    }

    // ---- the end

    @Test
    void whatIsCancelledRightBeforeTheShutdown_doesNotHoldItUp() throws Exception {
        Pool pool = mp.pool(1);
        for (int i = 0; i < 50; i++) {
            pool.submit(() -> 1).cancel(i % 2 == 0);
        }
        pool.shutdown();
        assertThat(pool.join(Await.LIMIT)).isTrue();
    }

    @Test
    void spentWorkersAreReplacedAfterTheShutdown_asLongAsThereIsWork() throws Exception {
        List<CompletableFuture<Integer>> futures = new ArrayList<>();
        try (Pool pool = mp.pool(PoolOptions.defaults().size(1).maxTasksPerWorker(1))) {
            for (int i = 0; i < 3; i++) {
                int number = i;
                futures.add(pool.submit(() -> number));
            }
        }
        assertThat(futures).extracting(CompletableFuture::resultNow).containsExactly(0, 1, 2);
    }

    @Test
    void closeWaitsForWhatWasSubmitted() throws Exception {
        List<CompletableFuture<Integer>> futures = new ArrayList<>();
        try (Pool pool = mp.pool(2)) {
            for (int i = 0; i < 50; i++) {
                int number = i;
                futures.add(pool.submit(() -> {
                    Thread.sleep(2);
                    return number;
                }));
            }
        }
        assertThat(futures)
                .extracting(CompletableFuture::resultNow)
                .isEqualTo(IntStream.range(0, 50).boxed().toList());
    }

    @Test
    void nothingIsAcceptedAfterShutdown() throws Exception {
        Pool pool = mp.pool(1);
        CompletableFuture<Integer> before = pool.submit(() -> 1);
        pool.shutdown();
        pool.shutdown();
        assertThat(pool.isShutdown()).isTrue();
        assertThatThrownBy(() -> pool.submit(() -> 1)).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> pool.map(n -> n, HUNDRED)).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> pool.imap(n -> n, HUNDRED)).isInstanceOf(RejectedExecutionException.class);
        assertThat(pool.join(Await.LIMIT)).isTrue();
        assertThat(before.get()).isEqualTo(1);
        assertThat(pool.isTerminated()).isTrue();
        assertThat(pool.workerPids()).isEmpty();
        pool.close();
    }

    @Test
    void terminateEndsWhatRuns() throws Exception {
        Event runs = mp.event();
        boolean heedsNothing = isEachProcessAJvm();
        Pool pool = mp.pool(1);
        CompletableFuture<Boolean> running = pool.submit(() -> {
            runs.set();
            while (heedsNothing || !Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            return true;
        });
        CompletableFuture<Integer> waiting = pool.submit(() -> 1);
        PoolResults<Integer> results =
                pool.imap(n -> n, () -> Stream.iterate(0, n -> n + 1).iterator());
        runs.await();
        assertThat(pool.shutdownNow()).hasSize(1);
        assertThatThrownBy(running::get).isInstanceOf(CancellationException.class);
        assertThatThrownBy(waiting::get).isInstanceOf(CancellationException.class);
        assertThatThrownBy(results::next).isInstanceOf(CancellationException.class);
        pool.terminate();
        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(pool.workerPids()).isEmpty();
    }

    @Test
    @SuppressWarnings("try") // closing is what this is about
    void closingTheContextEndsItsPools() throws Exception {
        try (var other = Multiprocessing.open(uri())) {
            Pool pool = other.pool(1);
            pool.apply(() -> 1);
            CompletableFuture<Object> stuck = pool.submit(() -> {
                Thread.sleep(FOREVER);
                return 1;
            });
            other.close();
            assertThatThrownBy(() -> stuck.get(30, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
            assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(() -> pool.submit(() -> 1)).isInstanceOf(RejectedExecutionException.class);
        }
    }
}
