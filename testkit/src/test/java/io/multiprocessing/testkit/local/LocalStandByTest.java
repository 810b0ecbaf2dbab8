package io.multiprocessing.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Context;
import io.multiprocessing.IntValue;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Pool;
import io.multiprocessing.PoolOptions;
import io.multiprocessing.Process;
import io.multiprocessing.Process.Stream;
import io.multiprocessing.StartMethod;
import io.multiprocessing.Task;
import io.multiprocessing.testkit.jvm.Await;
import io.multiprocessing.testkit.jvm.JavaProgram;
import io.multiprocessing.testkit.jvm.Signals;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which processes come from stand-by, what happens to JVMs that wait for one, and that nothing of them is left. */
@ExtendWith({OwnFolder.class, StandByTimes.class})
class LocalStandByTest {
    private static final String URI = "local:?standby=1";

    @Test
    void aProcessIsTheJvmThatWaitedForIt() throws Exception {
        try (Context mp = Multiprocessing.open(URI)) {
            IntValue count = mp.intValue(0);
            StandByJvms.prepare(mp);
            for (int i = 1; i <= 3; i++) {
                StandByJvms.awaitReady(mp);
                Set<Long> waiting = StandByJvms.pids();
                assertThat(waiting).hasSize(1);
                Process process = mp.process(count::increment).start();
                assertThat(waiting).containsExactly(process.pid().getAsLong());
                StandByJvms.assertEndsWell(process);
                assertThat(count.get()).isEqualTo(i);
            }
        }
        assertThat(StandByJvms.pids()).isEmpty();
    }

    @Test
    void aJvmOnStandByIsNobody() throws Exception {
        try (Context mp = Multiprocessing.open(URI)) {
            StandByJvms.prepare(mp);
            assertThat(Multiprocessing.activeChildren()).isEmpty();
            assertThat(mp.toString()).contains("1 processes, 1 on stand-by");
        }
    }

    @Test
    void aProcessThatIsToBeSpawned_orToHaveOtherSurroundings_isStartedCold() throws Exception {
        try (Context mp = Multiprocessing.open(URI)) {
            StandByJvms.prepare(mp);
            Set<Long> waiting = StandByJvms.pids();
            List<Process> others = List.of(
                    mp.process(() -> {}).startMethod(StartMethod.SPAWN),
                    mp.process(() -> {}).jvmOptions("-Dx=y"),
                    mp.process(() -> {}).environment("X", "y"),
                    mp.process(() -> {}).directory(Path.of("/")),
                    mp.process(() -> {}).stdin(Stream.INHERIT));
            for (Process other : others) {
                assertThat(waiting).doesNotContain(other.start().pid().getAsLong());
                StandByJvms.assertEndsWell(other);
            }
            assertThat(StandByJvms.pids()).isEqualTo(waiting);
        }
    }

    @Test
    void aProcessIsStartedCold_whenContextsAreToBeElsewhere() throws Exception {
        try (Context mp = Multiprocessing.open(URI)) {
            StandByJvms.prepare(mp);
            Set<Long> waiting = StandByJvms.pids();
            Path folder = OwnFolder.current();
            System.setProperty(
                    "multiprocessing.folder",
                    folder.resolve("..").resolve(folder.getFileName()).toString());
            try {
                Process process = mp.process(() -> {}).start();
                assertThat(waiting).doesNotContain(process.pid().getAsLong());
                StandByJvms.assertEndsWell(process);
            } finally {
                System.setProperty("multiprocessing.folder", folder.toString());
            }
        }
    }

    @Test
    void theWorkersOfAPoolWereOnStandBy_ifTheyAreNotToBeSpawned() throws Exception {
        try (Context mp = Multiprocessing.open("local:?standby=2")) {
            StandByJvms.prepare(mp);
            Await.until("two are on stand-by", () -> {
                if (StandByJvms.isReady(mp) && StandByJvms.pids().size() == 1) {
                    // So far one is enough, even after two were asked for if the second was asked for late.
                    Process first = mp.process(() -> {}).start();
                    Process second = mp.process(() -> {}).start();
                    StandByJvms.assertEndsWell(first);
                    StandByJvms.assertEndsWell(second);
                }
                return mp.toString().contains("2 on stand-by");
            });
            Set<Long> waiting = StandByJvms.pids();
            try (Pool pool = mp.pool(PoolOptions.defaults().size(2).startMethod(StartMethod.SPAWN))) {
                assertThat(pool.workerPids()).hasSize(2).doesNotContainAnyElementsOf(waiting);
            }
            try (Pool pool = mp.pool(2)) {
                assertThat(pool.workerPids()).hasSize(2).isSubsetOf(waiting);
                assertThat(pool.map(n -> n + 1, List.of(1, 2, 3))).containsExactly(2, 3, 4);
            }
        }
    }

    @Test
    void nothingIsLeftOfARehearsal() throws Exception {
        try (Context mp = Multiprocessing.open(URI)) {
            mp.longArray(1);
            StandByJvms.prepare(mp);
            String[] contexts = OwnFolder.entries(OwnFolder.current());
            assertThat(contexts).hasSize(1);
            assertThat(OwnFolder.current().resolve(contexts[0]).toFile().listFiles(File::isDirectory))
                    .isEmpty();
        }
    }

    @Test
    void theyGoOneByOne_whenNoProcessIsStarted_andComeBack() throws Exception {
        String idle = System.setProperty(StandByTimes.IDLE, "1000");
        try (Context mp = Multiprocessing.open("local:?standby=2")) {
            awaitOneThatGoesSoon(mp);
            Await.until(
                    "the last one has gone",
                    () -> !StandByJvms.isReady(mp) && StandByJvms.pids().isEmpty());
            awaitOneThatGoesSoon(mp);
        } finally {
            System.setProperty(StandByTimes.IDLE, idle);
        }
    }

    /** Starts processes until a JVM is ready for the next one; if it goes before that is seen, one more. */
    private static void awaitOneThatGoesSoon(Context mp) throws Exception {
        Await.until("a JVM is on stand-by", () -> {
            if (StandByJvms.pids().isEmpty()) {
                StandByJvms.assertEndsWell(mp.process(() -> {}).start());
            }
            return StandByJvms.isReady(mp);
        });
    }

    @Test
    void thereAreNone_whenTheyAreOff() throws Exception {
        try (Context mp = Multiprocessing.open("local:?standby=0")) {
            for (int i = 0; i < 4; i++) {
                StandByJvms.assertEndsWell(mp.process(() -> {}).start());
                assertThat(StandByJvms.pids()).isEmpty();
            }
        }
    }

    @Test
    void anotherOneIsTaken_orNone_whenItWasKilled() throws Exception {
        try (Context mp = Multiprocessing.open(URI)) {
            IntValue count = mp.intValue(0);
            StandByJvms.prepare(mp);
            ProcessHandle waiting =
                    ProcessHandle.of(StandByJvms.pids().iterator().next()).orElseThrow();
            waiting.destroyForcibly();
            Process process = mp.process(count::increment).start();
            if (process.pid().getAsLong() != waiting.pid()) {
                StandByJvms.assertEndsWell(process);
                assertThat(count.get()).isEqualTo(1);
            } else {
                // It took the task in the moment in which it was killed.
                process.join();
                assertThat(process.exitCode()).hasValue(-9);
            }
            Await.death(waiting.pid());
            StandByJvms.awaitReady(mp);
        }
    }

    @Test
    void theProcessIsStartedOtherwise_whenTheJvmOnStandByIsStopped() throws Exception {
        String patience = System.setProperty(StandByTimes.PATIENCE, "500");
        try (Context mp = Multiprocessing.open(URI)) {
            IntValue count = mp.intValue(0);
            StandByJvms.prepare(mp);
            long waiting = StandByJvms.pids().iterator().next();
            Signals.stop(waiting);
            Process process = mp.process(count::increment).start();
            assertThat(process.pid().getAsLong()).isNotEqualTo(waiting);
            StandByJvms.assertEndsWell(process);
            assertThat(count.get()).isEqualTo(1);
            Await.death(waiting);
        } finally {
            System.setProperty(StandByTimes.PATIENCE, patience);
        }
    }

    @Test
    void preloadedClassesAreInitialized_beforeATaskComes() throws Exception {
        try (Context mp = Multiprocessing.open(URI)) {
            mp.preload(Preloaded.class);
            StandByJvms.prepare(mp);
            assertThat(outputOf(mp, LocalStandByTest::printWhatIsLoaded)).isEqualTo("loaded by main");
            mp.preload(List.of());
            StandByJvms.awaitReady(mp);
            assertThat(outputOf(mp, LocalStandByTest::printWhatIsLoaded)).isEqualTo("null");
        }
    }

    @Test
    void aClassThatFailsToInitialize_isLeftToTheTask() throws Exception {
        try (Context mp = Multiprocessing.open(URI)) {
            mp.preload(Failing.class);
            StandByJvms.prepare(mp);
            assertThat(outputOf(mp, () -> System.out.println("runs"))).isEqualTo("runs");
        }
    }

    private static void printWhatIsLoaded() {
        System.out.println(System.getProperty("preloaded"));
    }

    @ParameterizedTest
    @ValueSource(strings = {URI, "threads:"})
    void preloadIsRefused_whenThereIsNoSuchClass(String uri) {
        try (Context mp = Multiprocessing.open(uri)) {
            assertThatThrownBy(() -> mp.preload(List.of("no.such.Class")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no.such.Class");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "local:?standby",
                "local:?standby=",
                "local:?standby=-1",
                "local:?standby=1001",
                "local:?standby=two",
                "local:?spare=2",
                "local:?standby=1&standby=2",
                "local:jobs?"
            })
    void openIsRefused_whenAnOptionIsWrong(String uri) {
        assertThatThrownBy(() -> Multiprocessing.open(uri).close())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("standby");
    }

    @Test
    void aNamedContextTakesTheOptionToo() throws Exception {
        try (Context mp = Multiprocessing.open("local:jobs?standby=1")) {
            assertThat(mp.name()).hasValue("jobs");
            StandByJvms.prepare(mp);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"return", "exit", "close", "kill", "terminate"})
    void noneSurvivesItsParent(String end) throws Exception {
        try (JavaProgram program =
                new JavaProgram.Launch().options(StandByTimes.options()).start(Keeper.class, end)) {
            long waiting = Long.parseLong(program.awaitLine("waiting "));
            long undertaker = Long.parseLong(program.awaitLine("undertaker "));
            switch (end) {
                case "kill" -> program.kill();
                case "terminate" -> program.terminate();
                default -> program.tell("end");
            }
            program.end();
            Await.death(waiting);
            Await.death(undertaker);
        }
        // What was killed is swept by the next who opens a context.
        Multiprocessing.open().close();
    }

    @Test
    void childrenKeepNone_whenTheirParentMayHaveNone() throws Exception {
        try (Context mp = Multiprocessing.open("local:?standby=0")) {
            IntValue found = mp.intValue(-1);
            StandByJvms.assertEndsWell(mp.process(() -> {
                        Context here = found.context();
                        for (int i = 0; i < 4; i++) {
                            here.process(() -> {}).start().join();
                        }
                        found.set((int) ProcessHandle.current().children().count());
                    })
                    .start());
            assertThat(found.get()).isZero();
        }
    }

    private static String outputOf(Context mp, Task task) throws Exception {
        Set<Long> waiting = StandByJvms.pids();
        Process process = mp.process(task).stdout(Stream.PIPE).start();
        assertThat(waiting).contains(process.pid().getAsLong());
        String output = new String(process.stdout().readAllBytes(), StandardCharsets.UTF_8).strip();
        StandByJvms.assertEndsWell(process);
        return output;
    }

    /** Tells that it was initialized. */
    static final class Preloaded {
        static {
            System.setProperty(
                    "preloaded", "loaded by " + Thread.currentThread().getName());
        }

        private Preloaded() {}
    }

    /** Can't be initialized. */
    static final class Failing {
        static final int NUMBER = Integer.parseInt("not a number");

        private Failing() {}
    }

    /** Has a JVM on stand-by, and ends as it is told. */
    static final class Keeper {
        private Keeper() {}

        public static void main(String[] arguments) throws Exception {
            Context mp = Multiprocessing.open(URI);
            StandByJvms.prepare(mp);
            StandByJvms.pids().forEach(pid -> System.out.println("waiting " + pid));
            StandByJvms.undertakers().forEach(pid -> System.out.println("undertaker " + pid));
            System.in.read();
            switch (arguments[0]) {
                case "exit" -> System.exit(0);
                case "close" -> mp.close();
                default -> {}
            }
        }
    }
}
