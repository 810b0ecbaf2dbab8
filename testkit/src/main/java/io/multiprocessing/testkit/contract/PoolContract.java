package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Event;
import io.multiprocessing.IntArray;
import io.multiprocessing.IntValue;
import io.multiprocessing.Manager;
import io.multiprocessing.MessageNotSerializableException;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Pool;
import io.multiprocessing.PoolInsights;
import io.multiprocessing.PoolOptions;
import io.multiprocessing.PoolProgress;
import io.multiprocessing.PoolResults;
import io.multiprocessing.PoolWorker;
import io.multiprocessing.RemoteCallable;
import io.multiprocessing.RemoteException;
import io.multiprocessing.RemoteFunction;
import io.multiprocessing.TaskNotSerializableException;
import io.multiprocessing.testkit.jvm.Await;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;

/** What a pool does, in every context. */
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

    // ---- failures

    @Test
    void anExceptionKeepsItsTypeAndHasTheWorkersTrace() throws Exception {
        try (Pool pool = mp.pool(1)) {
            assertThatThrownBy(() -> pool.apply(() -> {
                        throw new IOException("no such thing");
                    }))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(IOException.class)
                    .hasMessage("no such thing")
                    .hasStackTraceContaining("WorkerLoop");
            assertThat(pool.apply(() -> 1)).isEqualTo(1);
        }
    }

    @Test
    void mapThrowsTheFirstFailure_whenAllIsDone() throws Exception {
        IntValue done = mp.intValue(0);
        try (Pool pool = mp.pool(2)) {
            assertThatThrownBy(() -> pool.map(
                            n -> {
                                done.increment();
                                if (n % 10 == 5) {
                                    throw new IllegalArgumentException("input " + n);
                                }
                                return n;
                            },
                            HUNDRED,
                            3))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("input 5");
            assertThat(done.get()).isEqualTo(100);
        }
    }

    @Test
    void errorsAreFailuresToo() throws Exception {
        try (Pool pool = mp.pool(1)) {
            assertThatThrownBy(() -> pool.apply(() -> recurse(1))).hasCauseInstanceOf(StackOverflowError.class);
            assertThatThrownBy(() -> pool.apply(() -> {
                        throw new AssertionError("wrong");
                    }))
                    .hasCauseInstanceOf(AssertionError.class);
        }
    }

    @Test
    void aResultThatCanNotBeSent_saysSo() throws Exception {
        try (Pool pool = mp.pool(1)) {
            long pid = pool.workerPids().getFirst();
            assertThatThrownBy(() -> pool.apply(() -> new Thread("mine")))
                    .cause()
                    .isInstanceOf(MessageNotSerializableException.class)
                    .hasMessageContaining("java.lang.Thread");
            assertThatThrownBy(() -> pool.map(n -> n == 3 ? new Thread("mine") : n, HUNDRED, 10))
                    .cause()
                    .isInstanceOf(MessageNotSerializableException.class)
                    .hasMessageContaining("java.lang.Thread");
            assertThat(pool.workerPids()).containsExactly(pid);
        }
    }

    /** It has what can't be sent. */
    private static final class WithAThread extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings({"serial", "unused", "FieldCanBeLocal"}) // that is the point
        private final Thread thread = new Thread("mine");

        WithAThread(String message) {
            super(message);
        }
    }

    @Test
    void anExceptionThatCanNotBeSent_isDescribed() throws Exception {
        try (Pool pool = mp.pool(1)) {
            assertThatThrownBy(() -> pool.map(
                            n -> {
                                if (n == 7) {
                                    throw new WithAThread("input " + n);
                                }
                                return n;
                            },
                            HUNDRED,
                            10))
                    .cause()
                    .isInstanceOfSatisfying(
                            RemoteException.class,
                            failure -> assertThat(failure.toString()).contains("WithAThread", "input 7"))
                    .hasStackTraceContaining("WorkerLoop");
            assertThat(pool.apply(() -> 1)).isEqualTo(1);
        }
    }

    @Test
    @SuppressWarnings("NullAway") // null is one of the mistakes
    void whatCanNotBeSent_isRefusedAtOnce() throws Exception {
        var thread = new Thread("mine");
        try (Pool pool = mp.pool(1)) {
            assertThatThrownBy(() -> pool.apply(() -> thread.getName()))
                    .isInstanceOf(TaskNotSerializableException.class)
                    .hasMessageContaining("thread");
            assertThatThrownBy(() -> pool.map(n -> thread.getName() + n, HUNDRED))
                    .isInstanceOf(TaskNotSerializableException.class);
            assertThatThrownBy(() -> pool.map(n -> 1, List.of(1, thread)))
                    .isInstanceOf(MessageNotSerializableException.class)
                    .hasMessageContaining("java.lang.Thread");
            Callable<Integer> plain = () -> 1;
            assertThatThrownBy(() -> pool.submit(plain))
                    .isInstanceOf(TaskNotSerializableException.class)
                    .hasMessageContaining("RemoteCallable");
            assertThatThrownBy(() -> pool.apply(() -> pool.size()))
                    .isInstanceOf(TaskNotSerializableException.class)
                    .hasMessageContaining("pool");
            assertThatThrownBy(() -> pool.submit((RemoteCallable<Integer>) null))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessageContaining("task");
            assertThatThrownBy(() -> pool.map((RemoteFunction<Integer, Integer>) null, HUNDRED))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessageContaining("function");
            assertThat(pool.apply(() -> 1)).isEqualTo(1);
        }
    }

    @Test
    void anExceptionOfTheInputs_isThrownAsItIs() throws Exception {
        try (Pool pool = mp.pool(2)) {
            Iterable<Integer> broken = brokenAt(3);
            assertThatThrownBy(() -> pool.map(n -> n, broken))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("input is broken at 3")
                    .hasNoCause();
            try (PoolResults<Integer> results = pool.imap(n -> n * n, broken)) {
                assertThat(results.next()).isZero();
                assertThat(results.next()).isEqualTo(1);
                assertThat(results.next()).isEqualTo(4);
                assertThatThrownBy(results::next).hasMessage("input is broken at 3");
                assertThat(results.hasNext()).isFalse();
            }
            assertThat(pool.map(n -> n * n, HUNDRED)).isEqualTo(HUNDRED_SQUARES);
        }
    }

    @Test
    void mistakesAreNamed() throws Exception {
        assertThatThrownBy(() -> mp.pool(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1, not 0");
        assertThatThrownBy(() -> mp.pool(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PoolOptions.defaults().maxTasksPerWorker(0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PoolOptions.defaults().hardTimeLimit(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        try (Pool pool = mp.pool(1)) {
            assertThatThrownBy(() -> pool.map(n -> n, HUNDRED, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("not 0");
            assertThatThrownBy(() -> pool.imap(n -> n, HUNDRED, 0, 1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> pool.imap(n -> n, HUNDRED, 5, 4)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(pool::join).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> pool.invokeAny(List.of())).isInstanceOf(IllegalArgumentException.class);
        }
    }

    // ---- results that come one after the other

    @Test
    void imapGivesInputsWithoutEnd() throws Exception {
        Iterable<Integer> endless = () -> Stream.iterate(0, n -> n + 1).iterator();
        try (Pool pool = mp.pool(2)) {
            try (PoolResults<Integer> results = pool.imap(n -> n * n, endless)) {
                assertThat(results.stream().limit(500).toList())
                        .isEqualTo(
                                IntStream.range(0, 500).map(n -> n * n).boxed().toList());
            }
            try (PoolResults<Integer> results = pool.imapUnordered(n -> n, endless, 3, 10)) {
                Set<Integer> seen = new HashSet<>();
                for (int i = 0; i < 500; i++) {
                    assertThat(seen.add(results.next())).isTrue();
                }
                assertThat(seen).allMatch(n -> n >= 0 && n < 510);
            }
            assertThat(pool.apply(() -> 1)).isEqualTo(1);
        }
    }

    @Test
    void imapReadsNoFurtherThanItMay() throws Exception {
        List<Integer> read = new ArrayList<>();
        Iterable<Integer> inputs = () -> Stream.iterate(0, n -> n + 1)
                .peek(n -> {
                    synchronized (read) {
                        read.add(n);
                    }
                })
                .iterator();
        try (Pool pool = mp.pool(1);
                PoolResults<Integer> results = pool.imap(n -> n, inputs, 2, 6)) {
            for (int i = 0; i < 20; i++) {
                assertThat(results.next()).isEqualTo(i);
                synchronized (read) {
                    assertThat(read.size()).isLessThanOrEqualTo(i + 1 + 6);
                }
            }
        }
    }

    @Test
    void imapThrowsAFailureAtItsPlace() throws Exception {
        try (Pool pool = mp.pool(2);
                PoolResults<Integer> results = pool.imap(n -> 12 / (n - 2), List.of(0, 1, 2, 3), 3, 100)) {
            assertThat(results.next()).isEqualTo(-6);
            assertThat(results.next()).isEqualTo(-12);
            assertThatThrownBy(results::next)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(ArithmeticException.class);
            assertThat(results.next()).isEqualTo(12);
            assertThatThrownBy(results::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void nextTimesOut_andTheResultComesLater() throws Exception {
        Event release = mp.event();
        try (Pool pool = mp.pool(1);
                PoolResults<Boolean> results = pool.imap(n -> release.await(FOREVER), List.of(1))) {
            assertThatThrownBy(() -> results.next(Duration.ofMillis(20))).isInstanceOf(TimeoutException.class);
            assertThatThrownBy(() -> results.next(Duration.ZERO)).isInstanceOf(TimeoutException.class);
            release.set();
            assertThat(results.next(Await.LIMIT)).isTrue();
        }
    }

    @Test
    void unorderedResultsComeAsTheyAreReady() throws Exception {
        Event release = mp.event();
        try (Pool pool = mp.pool(2);
                PoolResults<Integer> results = pool.imapUnordered(
                        n -> {
                            if (n == 0) {
                                release.await();
                            }
                            return n;
                        },
                        List.of(0, 1, 2))) {
            Integer first = results.next();
            Integer second = results.next();
            assertThat(Arrays.asList(first, second)).containsExactlyInAnyOrder(1, 2);
            release.set();
            assertThat(results.next()).isZero();
        }
    }

    // ---- an ExecutorService

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

    // ---- workers

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
                    .hasMessageContaining("Pool");
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
    void resultsOfQuickInputsDoNotWaitForASlowOneBehindThem() throws Exception {
        Event isSeen = mp.event();
        List<Integer> inputs = IntStream.range(0, 3_000).boxed().toList();
        try (Pool pool = mp.pool(1);
                PoolResults<Integer> results = pool.imap(
                        n -> {
                            if (n == 2_000) {
                                isSeen.await();
                            }
                            return n;
                        },
                        inputs,
                        1,
                        3_000)) {
            for (int i = 0; i < 2_000; i++) {
                assertThat(results.next(Duration.ofSeconds(30))).isEqualTo(i);
            }
            isSeen.set();
            for (int i = 2_000; i < 3_000; i++) {
                assertThat(results.next(Duration.ofSeconds(30))).isEqualTo(i);
            }
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

    private static int recurse(int depth) {
        return depth < 0 ? 0 : recurse(depth + 1) + 1;
    }

    private static Iterable<Integer> brokenAt(int element) {
        return () -> new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Integer next() {
                if (next == element) {
                    throw new IllegalStateException("input is broken at " + element);
                }
                return next++;
            }
        };
    }
}
