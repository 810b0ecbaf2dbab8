package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
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
            for (int seconds = 1; seconds <= Await.LIMIT.toSeconds(); seconds *= 4) {
                List<Future<Integer>> some = pool.invokeAll(stuck, seconds, TimeUnit.SECONDS);
                assertThat(some).element(1).extracting(Future::state).isEqualTo(Future.State.CANCELLED);
                if (some.getFirst().state() == Future.State.SUCCESS) {
                    return;
                }
                // A machine that is too busy to do it in that time has more time.
                assertThat(some.getFirst().state()).isEqualTo(Future.State.CANCELLED);
            }
            fail("what is done is cancelled too");
        }
    }

    @Test
    void invokeAnyTimesOut_andEndsAllTasks() throws Exception {
        IntValue running = mp.intValue(0);
        try (Pool pool = mp.pool(2)) {
            List<RemoteCallable<Integer>> stuck = Collections.nCopies(3, () -> {
                running.increment();
                Thread.sleep(FOREVER);
                return 1;
            });
            assertThatThrownBy(() -> pool.invokeAny(stuck, 300, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
            assertThatThrownBy(() -> pool.invokeAny(stuck, 0, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            assertThat(pool.map(n -> n, HUNDRED, 1)).isEqualTo(HUNDRED);
            assertThat(running.get()).isLessThanOrEqualTo(4);
        }
    }

    @Test
    void invokeAnyFails_whenAllFail() throws Exception {
        List<RemoteCallable<Integer>> failing = List.of(
                () -> {
                    throw new IOException("1");
                },
                () -> {
                    throw new IOException("2");
                });
        try (Pool pool = mp.pool(2)) {
            assertThatThrownBy(() -> pool.invokeAny(failing))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(IOException.class);
            List<Future<Integer>> all = pool.invokeAll(failing);
            assertThat(all).extracting(Future::state).containsOnly(Future.State.FAILED);
        }
    }

    @Test
    void whoIsInterruptedInInvokeAll_endsTheTasks() throws Exception {
        Event runs = mp.event();
        List<RemoteCallable<Integer>> stuck = List.of(() -> {
            runs.set();
            Thread.sleep(FOREVER);
            return 1;
        });
        try (Pool pool = mp.pool(1)) {
            var caller = new FutureTask<>(() -> pool.invokeAll(stuck));
            Thread thread = Thread.ofPlatform().start(caller);
            runs.await();
            thread.interrupt();
            assertThatThrownBy(caller::get).hasCauseInstanceOf(InterruptedException.class);
            assertThat(pool.apply(() -> 2)).isEqualTo(2);
        }
    }

    @Test
    void whoIsInterruptedInMap_dropsWhatHasNotBegun() throws Exception {
        Event runs = mp.event();
        Event release = mp.event();
        IntValue begun = mp.intValue(0);
        try (Pool pool = mp.pool(1)) {
            var caller = new FutureTask<>(() -> pool.map(
                    n -> {
                        begun.increment();
                        runs.set();
                        return release.await(FOREVER);
                    },
                    HUNDRED,
                    1));
            Thread thread = Thread.ofPlatform().start(caller);
            runs.await();
            thread.interrupt();
            assertThatThrownBy(caller::get).hasCauseInstanceOf(InterruptedException.class);
            release.set();
            assertThat(pool.apply(() -> 2)).isEqualTo(2);
            assertThat(begun.get()).isEqualTo(1);
        }
    }

    @Test
    void anErrorInACallbackHarmsNobodyElse() throws Exception {
        try (Pool pool = mp.pool(1)) {
            CompletableFuture<Integer> slow = pool.submit(() -> {
                Thread.sleep(50);
                return 1;
            });
            CompletableFuture<Void> broken = slow.thenAccept(result -> {
                throw new IllegalStateException("callback");
            });
            CompletableFuture<Integer> other = slow.thenApply(result -> result + 1);
            CompletableFuture<Integer> error = slow.thenApply(result -> {
                throw new AssertionError("callback");
            });
            assertThatThrownBy(broken::get).hasCauseInstanceOf(IllegalStateException.class);
            assertThatThrownBy(error::get).hasCauseInstanceOf(AssertionError.class);
            assertThat(other.get()).isEqualTo(2);
            assertThat(slow.get()).isEqualTo(1);
            assertThat(slow.thenApply(late -> late + 2).get()).isEqualTo(3);
            assertThat(pool.apply(() -> 4)).isEqualTo(4);
        }
    }

    @Test
    void futuresOfThePoolCompose() throws Exception {
        Event release = mp.event();
        try (Pool pool = mp.pool(2)) {
            CompletableFuture<Integer> two = pool.submit(() -> 2);
            CompletableFuture<Integer> three = pool.submit(() -> 3);
            assertThat(two.thenCombine(three, (a, b) -> a * b)
                            .thenCompose(n -> pool.submit(() -> n * 7))
                            .get())
                    .isEqualTo(42);
            CompletableFuture<Boolean> waits = pool.submit(() -> release.await(FOREVER));
            assertThat(CompletableFuture.anyOf(waits, pool.submit(() -> 5)).get())
                    .isEqualTo(5);
            assertThatThrownBy(() ->
                            waits.copy().orTimeout(10, TimeUnit.MILLISECONDS).get())
                    .hasCauseInstanceOf(TimeoutException.class);
            release.set();
            CompletableFuture.allOf(two, three, waits).get();
            assertThat(waits.resultNow()).isTrue();
        }
    }

    @Test
    void whatExecuteRunsInVain_isInTheLog() throws Exception {
        try (var log = new LibraryLog(record -> record.getThrown() instanceof IOException);
                Pool pool = mp.pool(1)) {
            pool.execute(() -> {
                throw new IOException("executed");
            });
            Await.until("the log has it", () -> !log.records.isEmpty());
            assertThat(log.records)
                    .singleElement()
                    .satisfies(record -> assertThat(record.getThrown())
                            .isInstanceOf(IOException.class)
                            .hasMessage("executed"));
            assertThat(pool.apply(() -> 1)).isEqualTo(1);
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
    void callbacksThatUseThePoolNeverHoldItUp_whenResultsComeAsTheyAreMade() throws Exception {
        long begin = System.nanoTime();
        try (Pool pool = mp.pool(1)) {
            for (int i = 0; i < 1_000 && System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(30); i++) {
                int number = i;
                CompletableFuture<Integer> twice = pool.submit(() -> number)
                        .thenApply(result -> pool.submit(() -> result * 2).join());
                assertThat(twice.get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(2 * number);
            }
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
