package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.IntArray;
import io.multiprocessing.IntValue;
import io.multiprocessing.Pool;
import io.multiprocessing.PoolOptions;
import io.multiprocessing.PoolResults;
import io.multiprocessing.WorkerDiedException;
import io.multiprocessing.testkit.jvm.Await;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a pool does when workers die or must, in every context. */
@SuppressWarnings("FutureReturnValueIgnored") // where it is about the call
public abstract class PoolDeathContract extends ProcessSuite {
    private static final List<Integer> HUNDRED = IntStream.range(0, 100).boxed().toList();

    private static final PoolOptions ONE = PoolOptions.defaults().size(1);
    private static final PoolOptions TWO = PoolOptions.defaults().size(2);

    @Test
    void aKilledWorkerFailsItsTask_andIsReplaced() throws Exception {
        onlyWithJvms();
        try (Pool pool = mp.pool(1)) {
            long pid = pool.workerPids().getFirst();
            assertThatThrownBy(() -> pool.apply(PoolDeathContract::dieHard))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOfSatisfying(WorkerDiedException.class, died -> {
                        assertThat(died.pid()).isEqualTo(pid);
                        assertThat(died.exitCode()).isEqualTo(-9);
                        assertThat(died.task()).contains("apply", "PoolDeathContract");
                        assertThat(died).hasMessageContaining("SIGKILL");
                    });
            assertThat(pool.apply(() -> ProcessHandle.current().pid())).isNotEqualTo(pid);
        }
    }

    @Test
    void systemExitFailsTheTask() throws Exception {
        onlyWithJvms();
        try (Pool pool = mp.pool(1)) {
            assertThatThrownBy(() -> pool.apply(() -> {
                        System.exit(7);
                        return 1;
                    }))
                    .cause()
                    .isInstanceOfSatisfying(
                            WorkerDiedException.class,
                            died -> assertThat(died.exitCode()).isEqualTo(7));
            assertThat(pool.apply(() -> 1)).isEqualTo(1);
        }
    }

    @Test
    void anAbortIsNamed() throws Exception {
        onlyWithJvms();
        try (Pool pool = mp.pool(ONE)) {
            long pid = pool.workerPids().getFirst();
            assertThatThrownBy(() -> pool.map(n -> n == 1 ? endBy("ABRT") : n, List.of(0, 1, 2), 1))
                    .cause()
                    .isInstanceOfSatisfying(WorkerDiedException.class, died -> {
                        assertThat(died.pid()).isEqualTo(pid);
                        assertThat(died.exitCode()).isEqualTo(-6);
                        assertThat(died.task()).contains("input 1 of map", "PoolDeathContract", "which is 1");
                    })
                    .hasMessageContainingAll("pid " + pid, "signal 6 (SIGABRT");
            assertThat(pool.apply(() -> 1)).isEqualTo(1);
        }
    }

    @Test
    void anOrderlyEndInTheMiddleOfATask_isADeathToo() throws Exception {
        onlyWithJvms();
        try (Pool pool = mp.pool(ONE)) {
            assertThatThrownBy(() -> pool.apply(() -> {
                        System.exit(0);
                        return 1;
                    }))
                    .cause()
                    .isInstanceOf(WorkerDiedException.class)
                    .hasMessageContaining("ended with exit code 0 while it had the task of apply");
            assertThatThrownBy(() ->
                            pool.submit(() -> Runtime.getRuntime().halt(3)).get())
                    .cause()
                    .isInstanceOfSatisfying(
                            WorkerDiedException.class,
                            died -> assertThat(died.exitCode()).isEqualTo(3));
            assertThat(pool.apply(() -> 1)).isEqualTo(1);
        }
    }

    @Test
    void eachOfThoseWhoseWorkersDied_getsAnExceptionOfItsOwn() throws Exception {
        onlyWithJvms();
        try (Pool pool = mp.pool(TWO)) {
            List<CompletableFuture<Integer>> dying =
                    List.of(pool.submit(PoolDeathContract::dieHard), pool.submit(PoolDeathContract::dieHard));
            List<Throwable> failures = new ArrayList<>();
            for (CompletableFuture<Integer> future : dying) {
                failures.add(future.handle((result, failure) -> failure).get());
            }
            assertThat(failures).hasOnlyElementsOfType(WorkerDiedException.class);
            assertThat(failures.get(0)).isNotSameAs(failures.get(1));
            assertThat(failures)
                    .extracting(failure -> ((WorkerDiedException) failure).pid())
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void ofAChunkOnlyTheOneThatDiedFails() throws Exception {
        onlyWithJvms();
        try (Pool pool = mp.pool(TWO);
                PoolResults<Integer> results = pool.imap(n -> n == 42 ? dieHard() : n, HUNDRED, 10, 100)) {
            for (int i = 0; i < 100; i++) {
                if (i == 42) {
                    assertThatThrownBy(results::next)
                            .isInstanceOf(CompletionException.class)
                            .cause()
                            .isInstanceOfSatisfying(
                                    WorkerDiedException.class,
                                    died -> assertThat(died.task()).contains("input 42", "which is 42"));
                } else {
                    assertThat(results.next()).isEqualTo(i);
                }
            }
            assertThat(results.hasNext()).isFalse();
        }
    }

    @Test
    void aTaskIsRunAgain_asOftenAsTheOptionsSay() throws Exception {
        onlyWithJvms();
        IntValue tries = mp.intValue(0);
        try (Pool pool = mp.pool(TWO.retries(2))) {
            assertThat(pool.map(n -> n == 42 && tries.add(1) < 3 ? dieHard() : n, HUNDRED, 10))
                    .isEqualTo(HUNDRED);
            assertThat(tries.get()).isEqualTo(3);
            tries.set(0);
            assertThatThrownBy(() -> pool.apply(() -> {
                        tries.increment();
                        return dieHard();
                    }))
                    .hasCauseInstanceOf(WorkerDiedException.class);
            assertThat(tries.get()).isEqualTo(3);
        }
    }

    @Test
    void whatWaitedForTheDeadWorker_isRunOnceByOthers() throws Exception {
        onlyWithJvms();
        IntArray runs = mp.intArray(100);
        try (Pool pool = mp.pool(ONE)) {
            List<CompletableFuture<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                int number = i;
                futures.add(pool.submit(() -> {
                    runs.getAndAdd(number, 1);
                    return number % 25 == 3 ? dieHard() : number;
                }));
            }
            for (int i = 0; i < 100; i++) {
                var future = futures.get(i);
                if (i % 25 == 3) {
                    assertThatThrownBy(future::get).hasCauseInstanceOf(WorkerDiedException.class);
                } else {
                    assertThat(future.get()).isEqualTo(i);
                }
            }
        }
        assertThat(runs.toArray()).containsOnly(1);
    }

    @Test
    void whatAMapHasDone_isNotDoneAgainWhenItsWorkerDies() throws Exception {
        onlyWithJvms();
        List<Integer> inputs = IntStream.range(0, 5_000).boxed().toList();
        IntArray runs = mp.intArray(inputs.size());
        try (Pool pool = mp.pool(TWO);
                PoolResults<Integer> results = pool.imap(
                        n -> {
                            runs.getAndAdd(n, 1);
                            return n % 1_000 == 777 ? dieHard() : n;
                        },
                        inputs,
                        1,
                        inputs.size())) {
            for (int i = 0; i < inputs.size(); i++) {
                if (i % 1_000 == 777) {
                    assertThatThrownBy(results::next)
                            .cause()
                            .isInstanceOf(WorkerDiedException.class)
                            .hasMessageContaining("input " + i + " of imap");
                } else {
                    assertThat(results.next()).isEqualTo(i);
                }
            }
            assertThat(pool.insights().restarts()).isEqualTo(5);
        }
        assertThat(runs.toArray()).containsOnly(1);
    }

    @Test
    void aNativeCrashFailsTheTask_withTheReportOfTheJvm() throws Exception {
        onlyWithJvms();
        try (Pool pool = mp.pool(ONE.jvmOptions("-XX:-CreateCoredumpOnCrash"))) {
            long pid = pool.workerPids().getFirst();
            assertThatThrownBy(() -> pool.apply(PoolDeathContract::crash))
                    .cause()
                    .isInstanceOfSatisfying(WorkerDiedException.class, died -> {
                        assertThat(died.pid()).isEqualTo(pid);
                        assertThat(died.errorReport()).contains("SIGSEGV", "fatal error");
                    });
            assertThat(pool.apply(() -> 1)).isEqualTo(1);
            assertThat(Path.of("hs_err_pid" + pid + ".log")).doesNotExist();
            assertThat(Path.of(System.getProperty("java.io.tmpdir"), "hs_err_pid" + pid + ".log"))
                    .doesNotExist();
        }
    }

    /** Writes to where no memory is. */
    @SuppressWarnings("restricted")
    private static int crash() {
        MemorySegment.ofAddress(8).reinterpret(8).set(ValueLayout.JAVA_LONG, 0, 1);
        return 1;
    }

    @Test
    void anIdleWorkerIsReplaced() throws Exception {
        onlyWithJvms();
        try (Pool pool = mp.pool(2)) {
            pool.apply(() -> 1);
            List<Long> pids = pool.workerPids();
            ProcessHandle.of(pids.getFirst()).orElseThrow().destroyForcibly();
            Await.until("there is another worker", () -> {
                List<Long> now = pool.workerPids();
                return now.size() == 2 && !now.contains(pids.getFirst());
            });
            assertThat(pool.map(n -> n, HUNDRED, 1)).isEqualTo(HUNDRED);
        }
    }

    @Test
    void aWorkerThatDiesAfterShutdown_doesNotHoldItUp() throws Exception {
        onlyWithJvms();
        Pool pool = mp.pool(ONE);
        CompletableFuture<Integer> dies = pool.submit(PoolDeathContract::dieHard);
        CompletableFuture<Integer> next = pool.submit(() -> 2);
        pool.shutdown();
        assertThat(pool.join(Await.LIMIT)).isTrue();
        assertThatThrownBy(dies::get).hasCauseInstanceOf(WorkerDiedException.class);
        assertThat(next.get()).isEqualTo(2);
    }

    @Test
    void aWorkerThatDiesAmidLargeInputs_takesNoneWithIt() throws Exception {
        onlyWithJvms();
        try (Pool pool = mp.pool(TWO.retries(1))) {
            IntValue tries = mp.intValue(0);
            List<byte[]> inputs =
                    IntStream.range(0, 6).mapToObj(n -> new byte[(3 << 20) + n]).toList();
            assertThat(pool.map(
                            input -> input.length == (3 << 20) + 2 && tries.add(1) == 1 ? dieHard() : input.length,
                            inputs,
                            1))
                    .isEqualTo(inputs.stream().map(input -> input.length).toList());
        }
    }

    /** Ends as by the system's killer of those who take too much memory. */
    static int dieHard() {
        return endBy("KILL");
    }

    private static int endBy(String signal) {
        try {
            String pid = Long.toString(ProcessHandle.current().pid());
            new ProcessBuilder("/bin/kill", "-" + signal, pid).start().waitFor();
            Thread.sleep(FOREVER);
        } catch (IOException | InterruptedException stillAlive) {
            throw new AssertionError(stillAlive);
        }
        return 0;
    }
}
