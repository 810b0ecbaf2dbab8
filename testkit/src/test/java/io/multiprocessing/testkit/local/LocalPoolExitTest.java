package io.multiprocessing.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.Context;
import io.multiprocessing.IntValue;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Pool;
import io.multiprocessing.PoolOptions;
import io.multiprocessing.testkit.jvm.Await;
import io.multiprocessing.testkit.jvm.JavaProgram;
import io.multiprocessing.testkit.jvm.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that end while a pool of theirs works. */
@ExtendWith(OwnFolder.class)
class LocalPoolExitTest {
    private static final Duration LONGER_THAN_A_WORKER_THAT_IS_KEPT = Duration.ofMillis(2_500);
    private static final int SIGINT_CODE = 128 + Interrupts.SIGINT;

    /** Has a pool whose workers are busy, and does not close it. */
    static final class Program {
        private static final Duration LONG = Duration.ofMinutes(10);

        private Program() {}

        @SuppressWarnings({"MustBeClosedChecker", "resource", "FutureReturnValueIgnored"}) // that is the point
        public static void main(String[] args) throws Exception {
            Context mp = Multiprocessing.open();
            Pool pool = mp.pool(2);
            IntValue running = mp.intValue(0);
            for (int i = 0; i < 4; i++) {
                pool.submit(() -> {
                    running.increment();
                    Thread.sleep(LONG);
                });
            }
            Await.until("both workers work", () -> running.get() == 2);
            System.out.println(
                    "workers " + pool.workerPids().stream().map(String::valueOf).collect(Collectors.joining(" ")));
            if (args[0].equals("waits")) {
                Thread.sleep(LONG);
            }
        }
    }

    @Test
    void aPoolThatIsLeftOpen_doesNotKeepItsProgram() throws Exception {
        try (JavaProgram program = JavaProgram.start(Program.class, "returns")) {
            List<Long> workers = workers(program);
            assertThat(program.end().exitCode()).isZero();
            for (long worker : workers) {
                Await.death(worker);
            }
        }
    }

    @Test
    void theWorkersOfAProgramThatIsKilled_end() throws Exception {
        try (JavaProgram program = JavaProgram.start(Program.class, "waits")) {
            List<Long> workers = workers(program);
            program.kill();
            for (long worker : workers) {
                Await.death(worker);
            }
        }
        Multiprocessing.open().close(); // sweeps what is left of it
    }

    @ParameterizedTest
    @ValueSource(strings = {"program first", "workers first"})
    void theInterruptThatATerminalSendsToAll_endsAllWithoutATrace(String order) throws Exception {
        Interrupts.assumeHeeded();
        try (JavaProgram program = JavaProgram.start(Program.class, "waits")) {
            List<Long> all = new ArrayList<>(workers(program));
            all.add(order.equals("program first") ? 0 : all.size(), program.pid());
            Signals.sendToAll("INT", all);
            JavaProgram.Ended ended = program.end();
            assertThat(ended.exitCode()).isEqualTo(SIGINT_CODE);
            assertThat(ended.errors()).doesNotContain("Exception", "\tat ");
            for (long pid : all) {
                Await.death(pid);
            }
        }
    }

    @Test
    void workersHaveTheTimeThatTheirJvmsNeedToEnd(@TempDir Path folder) throws Exception {
        String ended = folder.resolve("ended").toString();
        try (Context mp = Multiprocessing.open();
                Pool pool = mp.pool(PoolOptions.defaults().size(1).exitHook(() -> {}))) {
            pool.apply(() -> {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> endLate(ended)));
                return 0;
            });
        }
        assertThat(Path.of(ended)).exists();
    }

    private static void endLate(String ended) {
        try {
            Thread.sleep(LONGER_THAN_A_WORKER_THAT_IS_KEPT);
            Files.createFile(Path.of(ended));
        } catch (InterruptedException | IOException fails) {
            throw new AssertionError(fails);
        }
    }

    private static List<Long> workers(JavaProgram program) throws Exception {
        return Arrays.stream(program.awaitLine("workers ").split(" "))
                .map(Long::valueOf)
                .toList();
    }
}
