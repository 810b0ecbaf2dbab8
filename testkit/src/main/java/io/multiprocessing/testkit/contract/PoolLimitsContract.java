package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.multiprocessing.BrokenPoolException;
import io.multiprocessing.Event;
import io.multiprocessing.IntArray;
import io.multiprocessing.IntValue;
import io.multiprocessing.LongValue;
import io.multiprocessing.Pool;
import io.multiprocessing.PoolOptions;
import io.multiprocessing.PoolResults;
import io.multiprocessing.TimeLimitExceededException;
import io.multiprocessing.WorkerDiedException;
import io.multiprocessing.testkit.jvm.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How tasks of a pool are ended, and what they and their workers may take, in every context. */
@SuppressWarnings("FutureReturnValueIgnored") // where it is about the call
public abstract class PoolLimitsContract extends ProcessSuite {
    private static final List<Integer> HUNDRED = IntStream.range(0, 100).boxed().toList();

    private static final PoolOptions ONE = PoolOptions.defaults().size(1);
    private static final PoolOptions TWO = PoolOptions.defaults().size(2);

    @Test
    void cancelEndsATaskThatDoesNotListen() throws Exception {
        onlyWithJvms();
        LongValue pid = mp.longValue(0);
        try (Pool pool = mp.pool(ONE)) {
            CompletableFuture<Object> endless = pool.submit(() -> {
                pid.set(ProcessHandle.current().pid());
                while (true) {
                    Thread.onSpinWait();
                }
            });
            CompletableFuture<Integer> next = pool.submit(() -> 2);
            Await.until("it runs", () -> pid.get() != 0);
            assertThat(endless.cancel(true)).isTrue();
            assertThatThrownBy(endless::get).isInstanceOf(CancellationException.class);
            assertThat(next.get()).isEqualTo(2);
            Await.death(pid.get());
        }
    }

    @Test
    void cancelInterruptsATaskThatListens_andKeepsTheWorker() throws Exception {
        try (Pool pool = mp.pool(ONE)) {
            // A task has but a moment for it, in which it may not come to run on a busy machine.
            Await.until("the worker is kept", () -> isKept_whenATaskIsCancelled(pool));
        }
    }

    private boolean isKept_whenATaskIsCancelled(Pool pool) throws Exception {
        Event runs = mp.event();
        Event interrupted = mp.event();
        CompletableFuture<Long> sleeps = pool.submit(() -> {
            runs.set();
            try {
                Thread.sleep(FOREVER);
            } catch (InterruptedException expected) {
                interrupted.set();
            }
            return 1L;
        });
        runs.await();
        List<Long> pids = pool.workerPids();
        sleeps.cancel(true);
        List<Long> next = List.of(pool.apply(() -> ProcessHandle.current().pid()));
        return interrupted.isSet() && next.equals(pids);
    }

    @Test
    void cancelOfAWaitingTask_keepsItFromRunning() throws Exception {
        Event release = mp.event();
        IntValue ran = mp.intValue(0);
        try (Pool pool = mp.pool(ONE)) {
            CompletableFuture<Boolean> first = pool.submit(() -> release.await(FOREVER));
            CompletableFuture<Integer> second = pool.submit(() -> ran.add(1));
            CompletableFuture<List<Integer>> third = pool.mapAsync(n -> ran.add(1), HUNDRED, 1);
            CompletableFuture<Integer> last = pool.submit(() -> 5);
            assertThat(second.cancel(false)).isTrue();
            assertThat(third.cancel(false)).isTrue();
            release.set();
            assertThat(first.get()).isTrue();
            assertThat(last.get()).isEqualTo(5);
            assertThat(ran.get()).isZero();
        }
    }

    @Test
    void cancelOfAMapEndsAllOfItThatRuns() throws Exception {
        IntValue running = mp.intValue(0);
        try (Pool pool = mp.pool(TWO)) {
            CompletableFuture<List<Integer>> map = pool.mapAsync(
                    n -> {
                        running.increment();
                        Thread.sleep(FOREVER);
                        return n;
                    },
                    HUNDRED,
                    1);
            Await.until("both work on it", () -> running.get() == 2);
            assertThat(map.cancel(true)).isTrue();
            assertThat(pool.map(n -> n, HUNDRED, 1)).isEqualTo(HUNDRED);
            assertThat(running.get()).isEqualTo(2);
        }
    }

    @Test
    void theSoftLimitInterruptsJustThatTask() throws Exception {
        withALimit(Duration.ofSeconds(1), this::theSoftLimitInterruptsJustThatTask);
    }

    private boolean theSoftLimitInterruptsJustThatTask(Duration limit) throws Exception {
        try (Pool pool = mp.pool(ONE.softTimeLimit(limit))) {
            long pid = pool.workerPids().getFirst();
            try (PoolResults<Integer> results = pool.imap(
                    n -> {
                        Thread.sleep(n == 2 ? 600_000 : 1);
                        return n;
                    },
                    List.of(0, 1, 2, 3),
                    4,
                    4)) {
                assertThat(results.next()).isZero();
                assertThat(results.next()).isEqualTo(1);
                assertThatThrownBy(results::next)
                        .cause()
                        .isInstanceOf(TimeLimitExceededException.class)
                        .hasMessageContaining("input 2")
                        .hasCauseInstanceOf(InterruptedException.class);
                assertThat(results.next()).isEqualTo(3);
            }
            assertThat(pool.workerPids()).containsExactly(pid);
        }
        return true;
    }

    @Test
    void whoDoesNotHeedTheSoftLimit_isEndedByTheHardOne() throws Exception {
        onlyWithJvms();
        withALimit(Duration.ofMillis(1_200), this::whoDoesNotHeedTheSoftLimit_isEndedByTheHardOne);
    }

    private boolean whoDoesNotHeedTheSoftLimit_isEndedByTheHardOne(Duration hard) throws Exception {
        Event interrupted = mp.event();
        try (Pool pool = mp.pool(ONE.softTimeLimit(hard.dividedBy(12)).hardTimeLimit(hard))) {
            assertThatThrownBy(() -> pool.apply(() -> {
                        while (true) {
                            try {
                                Thread.sleep(FOREVER);
                            } catch (InterruptedException unheeded) {
                                interrupted.set();
                            }
                        }
                    }))
                    .cause()
                    .isInstanceOfSatisfying(
                            TimeLimitExceededException.class,
                            late -> assertThat(late.limit()).isEqualTo(hard));
            assertThat(pool.apply(() -> 1)).isEqualTo(1);
        }
        return interrupted.isSet(); // else it was killed before it came to run
    }

    @Test
    void theHardLimitKills_andOthersAreUnharmed() throws Exception {
        onlyWithJvms();
        withALimit(Duration.ofSeconds(1), this::theHardLimitKills_andOthersAreUnharmed);
    }

    private boolean theHardLimitKills_andOthersAreUnharmed(Duration limit) throws Exception {
        IntArray runs = mp.intArray(10);
        try (Pool pool = mp.pool(TWO.hardTimeLimit(limit))) {
            List<CompletableFuture<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                int number = i;
                futures.add(pool.submit(() -> {
                    runs.getAndAdd(number, 1);
                    while (number == 3) {
                        Thread.onSpinWait();
                    }
                    return number;
                }));
            }
            for (int i = 0; i < 10; i++) {
                var future = futures.get(i);
                if (i == 3) {
                    assertThatThrownBy(() -> future.get(60, TimeUnit.SECONDS))
                            .cause()
                            .isInstanceOfSatisfying(
                                    TimeLimitExceededException.class,
                                    late -> assertThat(late.limit()).isEqualTo(limit));
                } else {
                    assertThat(future.get(60, TimeUnit.SECONDS)).isEqualTo(i);
                }
            }
        }
        assertThat(runs.toArray()).containsOnly(1);
        return true;
    }

    @Test
    void cancelOfATaskThatWaits_andOneThatIsDone() throws Exception {
        Event release = mp.event();
        IntValue ran = mp.intValue(0);
        try (Pool pool = mp.pool(ONE)) {
            long pid = pool.workerPids().getFirst();
            CompletableFuture<Boolean> first = pool.submit(() -> release.await(FOREVER));
            CompletableFuture<Integer> waits = pool.submit(() -> ran.add(1));
            assertThat(waits.cancel(true)).isTrue();
            assertThat(waits.cancel(true)).isTrue();
            assertThat(waits.isCancelled()).isTrue();
            release.set();
            assertThat(first.get()).isTrue();
            assertThat(first.cancel(true)).isFalse();
            assertThat(first.get()).isTrue();
            assertThat(pool.apply(() -> 1)).isEqualTo(1);
            assertThat(ran.get()).isZero();
            assertThat(pool.workerPids()).containsExactly(pid);
        }
    }

    @Test
    void cancelWithoutInterrupt_letsTheTaskRun_andDropsItsResult() throws Exception {
        Event runs = mp.event();
        Event release = mp.event();
        IntValue ended = mp.intValue(0);
        try (Pool pool = mp.pool(ONE)) {
            CompletableFuture<Integer> task = pool.submit(() -> {
                runs.set();
                release.await();
                return ended.add(1);
            });
            runs.await();
            assertThat(task.cancel(false)).isTrue();
            assertThatThrownBy(task::get).isInstanceOf(CancellationException.class);
            release.set();
            assertThat(pool.apply(() -> ended.get())).isEqualTo(1);
        }
    }

    @Test
    void cancelOfAMapEndsTheChunkThatRuns_andAllBehind() throws Exception {
        IntValue begun = mp.intValue(0);
        try (Pool pool = mp.pool(TWO)) {
            CompletableFuture<List<Integer>> map = pool.mapAsync(
                    n -> {
                        begun.increment();
                        Thread.sleep(FOREVER);
                        return n;
                    },
                    HUNDRED,
                    25);
            Await.until("two chunks run", () -> begun.get() == 2);
            assertThat(map.cancel(true)).isTrue();
            assertThat(pool.map(n -> n, HUNDRED, 25)).isEqualTo(HUNDRED);
            // Of each chunk one input was interrupted; the next may have begun before its worker was ended.
            assertThat(begun.get()).isBetween(2, 4);
        }
    }

    @Test
    void aResultInSpiteOfTheSoftLimit_counts() throws Exception {
        withALimit(Duration.ofMillis(200), this::aResultInSpiteOfTheSoftLimit_counts);
    }

    private boolean aResultInSpiteOfTheSoftLimit_counts(Duration limit) throws Exception {
        try (Pool pool = mp.pool(ONE.softTimeLimit(limit))) {
            assertThat(pool.apply(() -> {
                        try {
                            Thread.sleep(FOREVER);
                        } catch (InterruptedException tolerated) {
                            return "as far as it got";
                        }
                        return "never";
                    }))
                    .isEqualTo("as far as it got");
            return !pool.apply(() -> Thread.currentThread().isInterrupted()); // by its own limit, should it be late
        }
    }

    @Test
    void inAChunkTheHardLimitIsThatOfEachInput() throws Exception {
        onlyWithJvms();
        withALimit(Duration.ofMillis(1_500), this::inAChunkTheHardLimitIsThatOfEachInput);
    }

    private boolean inAChunkTheHardLimitIsThatOfEachInput(Duration limit) throws Exception {
        long most = limit.toMillis() * 11 / 30; // three of that are more than the limit
        try (Pool pool = mp.pool(ONE.hardTimeLimit(limit));
                PoolResults<Integer> results = pool.imap(
                        n -> {
                            Thread.sleep(n == 3 ? 600_000 : n < 3 ? most : 1);
                            return n;
                        },
                        List.of(0, 1, 2, 3, 4, 5),
                        6,
                        6)) {
            for (int i = 0; i < 6; i++) {
                if (i == 3) {
                    assertThatThrownBy(results::next)
                            .cause()
                            .isInstanceOf(TimeLimitExceededException.class)
                            .hasMessageContainingAll("input 3 of imap", "its worker was killed");
                } else {
                    assertThat(results.next()).isEqualTo(i);
                }
            }
        }
        return true;
    }

    /** What is tested with a limit; it says whether the machine was quick enough for that limit. */
    @FunctionalInterface
    private interface WithALimit {
        boolean holds(Duration limit) throws Exception;
    }

    /** Tests with a limit, and with longer ones as long as that is exceeded by what is quick, as on a busy machine. */
    private static void withALimit(Duration shortest, WithALimit test) throws Exception {
        for (Duration limit = shortest; limit.compareTo(Await.LIMIT) < 0; limit = limit.multipliedBy(4)) {
            try {
                if (test.holds(limit)) {
                    return;
                }
            } catch (ExecutionException | CompletionException failed) {
                if (!(failed.getCause() instanceof TimeLimitExceededException)) {
                    throw failed;
                }
            }
        }
        fail("what is quick exceeds each limit");
    }

    // ---- memory

    @Test
    void anOverfullHeapFailsTheTask_andTheWorkerIsReplaced() throws Exception {
        onlyWithJvms();
        try (Pool pool = mp.pool(ONE.heapLimit(48 << 20))) {
            long pid = pool.workerPids().getFirst();
            assertThatThrownBy(() -> pool.apply(() -> {
                        List<byte[]> all = new ArrayList<>();
                        while (all.size() < 1_000_000) {
                            all.add(new byte[1 << 20]);
                        }
                        return all.size();
                    }))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(OutOfMemoryError.class);
            assertThat(pool.apply(() -> ProcessHandle.current().pid())).isNotEqualTo(pid);
        }
    }

    @Test
    void aWorkerThatTakesTooMuchMemory_isKilled() throws Exception {
        onlyWithJvms();
        try (Pool pool = mp.pool(ONE.memoryLimit(400 << 20))) {
            assertThatThrownBy(() -> pool.apply(() -> {
                        List<byte[]> all = new ArrayList<>();
                        for (int i = 0; i < 700; i++) {
                            byte[] some = new byte[1 << 20];
                            java.util.Arrays.fill(some, (byte) 1);
                            all.add(some);
                        }
                        Thread.sleep(FOREVER);
                        return all.size();
                    }))
                    .cause()
                    .isInstanceOf(WorkerDiedException.class)
                    .hasMessageContaining("its limit is " + (400 << 20));
            assertThat(pool.apply(() -> 1)).isEqualTo(1);
        }
    }

    @Test
    void aMemoryLimitThatAWorkerWithoutATaskExceeds_endsThePool() throws Exception {
        onlyWithJvms();
        PoolOptions tooSmall = ONE.memoryLimit(2 << 20).restartLimit(1, Duration.ofMinutes(1));
        try (Pool pool = mp.pool(tooSmall)) {
            Await.until("it has given up", pool::isTerminated);
            assertThatThrownBy(() -> pool.submit(() -> 1))
                    .isInstanceOf(BrokenPoolException.class)
                    .hasMessageContaining("its limit is " + (2 << 20));
        }
    }

    @Test
    void aResultTooLargeForTheWorkersHeap_isAFailure() throws Exception {
        onlyWithJvms();
        try (Pool pool = mp.pool(ONE.heapLimit(48 << 20))) {
            assertThatThrownBy(() -> pool.apply(() -> new byte[100 << 20])).hasCauseInstanceOf(OutOfMemoryError.class);
            assertThatThrownBy(() -> pool.apply(() -> new byte[28 << 20]))
                    .cause()
                    .isInstanceOfAny(OutOfMemoryError.class, WorkerDiedException.class);
            assertThat(pool.apply(() -> new byte[1 << 20])).hasSize(1 << 20);
        }
    }
}
