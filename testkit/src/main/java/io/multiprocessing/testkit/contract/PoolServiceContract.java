package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Event;
import io.multiprocessing.IntValue;
import io.multiprocessing.Pool;
import io.multiprocessing.RemoteCallable;
import io.multiprocessing.testkit.jvm.Await;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A pool as an executor service, in every context. */
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
}
