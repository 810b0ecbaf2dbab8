package io.multiprocessing.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.Context;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import io.multiprocessing.Semaphore;
import io.multiprocessing.testkit.jvm.Await;
import io.multiprocessing.testkit.jvm.JavaProgram;
import io.multiprocessing.testkit.jvm.Signals;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-C: the terminal sends SIGINT to a program and all its processes at once. */
@ExtendWith(OwnFolder.class)
class LocalTerminalTest {
    private static final int INTERRUPTED = 128 + Interrupts.SIGINT;
    private static final Duration LONG = Duration.ofMinutes(10);

    @BeforeEach
    void assumeThatInterruptsAreHeeded() throws IOException {
        Interrupts.assumeHeeded();
    }

    @ParameterizedTest
    @ValueSource(strings = {"join", "map", "future", "get", "standby"})
    void ctrlCEndsAllProcesses_andSaysNothing(String waiting) throws Exception {
        try (JavaProgram program =
                new JavaProgram.Launch().options(StandByTimes.options()).start(Busy.class, waiting)) {
            program.awaitLine("ready");
            List<Long> all = interruptAll(program);
            JavaProgram.Ended ended = program.end();
            assertThat(ended.exitCode()).isEqualTo(INTERRUPTED);
            for (long pid : all) {
                Await.death(pid);
            }
            assertThat(program.errors()).isEmpty();
        }
    }

    @Test
    void aChildsExitCodeIsMinus2_whenItAloneIsInterrupted() throws Exception {
        try (Context mp = Multiprocessing.open()) {
            var runs = mp.event();
            Process child = mp.process(() -> {
                        runs.set();
                        Thread.sleep(LONG);
                    })
                    .start();
            runs.await();
            Signals.send("INT", child.pid().getAsLong());
            assertThat(child.join(Await.LIMIT)).isTrue();
            assertThat(child.exitCode()).hasValue(-2);
        }
    }

    private static List<Long> interruptAll(JavaProgram program) throws Exception {
        List<Long> all = new ArrayList<>(List.of(program.pid()));
        ProcessHandle.of(program.pid())
                .orElseThrow()
                .descendants()
                .map(ProcessHandle::pid)
                .forEach(all::add);
        Signals.sendToAll("INT", all);
        return all;
    }

    /** Has children of all kinds, and its main thread waits as it is told. */
    static final class Busy {
        private Busy() {}

        public static void main(String[] arguments) throws Exception {
            Context mp = Multiprocessing.open("local:?standby=1");
            var running = mp.semaphore(0);
            switch (arguments[0]) {
                case "join" -> {
                    mp.process(() -> sleep(running)).daemon().start();
                    Process child = mp.process(() -> {
                                running.release();
                                Thread.sleep(LONG);
                            })
                            .start();
                    running.acquire();
                    running.acquire();
                    System.out.println("ready");
                    child.join();
                }
                case "map" -> {
                    Thread.ofPlatform().daemon().start(() -> sayReady(running));
                    mp.pool(2)
                            .map(
                                    n -> {
                                        running.release();
                                        Thread.sleep(LONG);
                                        return n;
                                    },
                                    List.of(1, 2, 3));
                }
                case "future" -> {
                    Thread.ofPlatform().daemon().start(() -> sayReady(running));
                    mp.pool(2)
                            .mapAsync(
                                    n -> {
                                        running.release();
                                        Thread.sleep(LONG);
                                        return n;
                                    },
                                    List.of(1, 2, 3))
                            .get();
                }
                case "get" -> {
                    var queue = mp.<String>queue();
                    Process child = mp.process(() -> {
                                running.release();
                                queue.get();
                            })
                            .start();
                    running.acquire();
                    System.out.println("ready");
                    queue.get();
                    child.join();
                }
                default -> {
                    StandByJvms.prepare(mp);
                    System.out.println("ready");
                    Thread.sleep(LONG);
                }
            }
        }

        private static void sayReady(Semaphore running) {
            try {
                running.acquire();
                running.acquire(); // both workers are at it
                System.out.println("ready");
            } catch (InterruptedException impossible) {
                throw new AssertionError(impossible);
            }
        }

        private static void sleep(Semaphore running) throws InterruptedException {
            running.context().process(() -> {}).start().join();
            running.release();
            Thread.sleep(LONG);
        }
    }
}
