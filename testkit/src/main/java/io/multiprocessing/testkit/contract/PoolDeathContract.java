package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.BrokenPoolException;
import io.multiprocessing.IntArray;
import io.multiprocessing.IntValue;
import io.multiprocessing.Pool;
import io.multiprocessing.PoolOptions;
import io.multiprocessing.PoolResults;
import io.multiprocessing.UnreadableMessageException;
import io.multiprocessing.WorkerDiedException;
import io.multiprocessing.testkit.jvm.Await;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
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
    void deathWhileInputsAreReadOrResultsWritten_isFoundOut() throws Exception {
        onlyWithJvms();
        List<Bomb> bombs =
                IntStream.range(0, 9).mapToObj(n -> new Bomb(n, n == 4, false)).toList();
        try (Pool pool = mp.pool(TWO);
                PoolResults<Integer> results = pool.imap(bomb -> bomb.number, bombs, 9, 9)) {
            for (int i = 0; i < 9; i++) {
                if (i == 4) {
                    assertThatThrownBy(results::next).hasCauseInstanceOf(WorkerDiedException.class);
                } else {
                    assertThat(results.next()).isEqualTo(i);
                }
            }
        }
        try (Pool pool = mp.pool(TWO);
                PoolResults<Bomb> results = pool.imap(n -> new Bomb(n, false, n == 4), HUNDRED.subList(0, 9), 9, 9)) {
            for (int i = 0; i < 9; i++) {
                if (i == 4) {
                    assertThatThrownBy(results::next).hasCauseInstanceOf(WorkerDiedException.class);
                } else {
                    assertThat(results.next()).hasFieldOrPropertyWithValue("number", i);
                }
            }
        }
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
    void anInitializerThatAlwaysFails_endsThePool() throws Exception {
        Pool pool = mp.pool(TWO.restartLimit(2, Duration.ofMinutes(5)).initializer(() -> {
            throw new IOException("no licence");
        }));
        CompletableFuture<Integer> future = pool.submit(() -> 1);
        assertThatThrownBy(() -> future.get(60, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(BrokenPoolException.class)
                .hasMessageContaining("3 workers ended before they were ready")
                .hasRootCauseInstanceOf(IOException.class)
                .hasRootCauseMessage("no licence");
        assertThatThrownBy(() -> pool.submit(() -> 1)).isInstanceOf(BrokenPoolException.class);
        assertThat(pool.join(Await.LIMIT)).isTrue();
        pool.close();
    }

    @Test
    void anInitializerThatFailsOnce_doesNotMatter() throws Exception {
        onlyWithJvms();
        IntValue tries = mp.intValue(0);
        try (Pool pool = mp.pool(ONE.initializer(() -> {
            if (tries.add(1) == 1) {
                System.exit(1);
            }
        }))) {
            assertThat(pool.apply(() -> 1)).isEqualTo(1);
        }
        assertThat(tries.get()).isEqualTo(2);
    }

    @Test
    void aResultThatCanNotBeRead_isAFailure() throws Exception {
        onlyWithJvms(); // what is read in one process and not in another
        try (Pool pool = mp.pool(ONE)) {
            assertThatThrownBy(() -> pool.apply(
                            () -> new Unreadable(ProcessHandle.current().pid())))
                    .cause()
                    .isInstanceOf(UnreadableMessageException.class);
            assertThat(pool.apply(() -> 1)).isEqualTo(1);
        }
    }

    @Test
    void anInputThatCanNotBeRead_failsAlone() throws Exception {
        onlyWithJvms(); // what is read in one process and not in another
        long here = ProcessHandle.current().pid();
        List<Object> inputs = new ArrayList<>(HUNDRED.subList(0, 9));
        inputs.set(4, new Unreadable(here));
        try (Pool pool = mp.pool(TWO);
                PoolResults<Object> results = pool.imap(input -> input, inputs, 9, 9)) {
            for (int i = 0; i < 9; i++) {
                if (i == 4) {
                    assertThatThrownBy(results::next).hasCauseInstanceOf(UnreadableMessageException.class);
                } else {
                    assertThat(results.next()).isEqualTo(i);
                }
            }
            assertThat(pool.insights().restarts()).isZero();
        }
    }

    @Test
    void inputsThatNobodyCanRead_failWithoutThePool() throws Exception {
        List<Object> inputs = List.of(1, new Unreadable(-1), 3);
        try (Pool pool = mp.pool(ONE)) {
            assertThatThrownBy(() -> pool.map(input -> input, inputs, 3))
                    .hasCauseInstanceOf(UnreadableMessageException.class);
            assertThat(pool.apply(() -> 1)).isEqualTo(1);
        }
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

    private static int dieHard() {
        ProcessHandle.current().info();
        try {
            new ProcessBuilder(
                            "/bin/kill",
                            "-9",
                            Long.toString(ProcessHandle.current().pid()))
                    .start()
                    .waitFor();
            Thread.sleep(FOREVER);
        } catch (IOException | InterruptedException stillAlive) {
            throw new AssertionError(stillAlive);
        }
        return 0;
    }

    /** Kills who reads or writes it, in a worker. */
    static final class Bomb implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        private static final long HOME = ProcessHandle.current().pid();

        int number;
        boolean diesAtRead;
        boolean diesAtWrite;
        long maker = HOME;

        Bomb(int number, boolean diesAtRead, boolean diesAtWrite) {
            this.number = number;
            this.diesAtRead = diesAtRead;
            this.diesAtWrite = diesAtWrite;
        }

        @Serial
        private void writeObject(ObjectOutputStream out) throws IOException {
            if (diesAtWrite) {
                dieHard();
            }
            out.defaultWriteObject();
        }

        @Serial
        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            if (diesAtRead && maker != HOME) {
                dieHard();
            }
        }
    }

    /** Can be read only where it was made. */
    static final class Unreadable implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        private final long pid;

        Unreadable(long pid) {
            this.pid = pid;
        }

        @Serial
        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            if (pid != ProcessHandle.current().pid()) {
                throw new IOException("made elsewhere");
            }
        }
    }
}
