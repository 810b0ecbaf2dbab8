package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.multiprocessing.Process;
import io.multiprocessing.Process.Stream;
import io.multiprocessing.testkit.jvm.Await;
import io.multiprocessing.testkit.jvm.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How processes end, and by which exit code others learn of it, in every context. */
public abstract class ExitCodeContract extends ProcessSuite {
    @TempDir
    Path folder;

    @Test
    void exitCodeIs0_andNothingIsPrinted_whenTheTaskReturns() throws Exception {
        onlyWithJvms();
        var done = mp.intValue(0);
        Process process = mp.process(done::increment).stdout(Stream.PIPE).stderr(Stream.PIPE);
        process.start();
        assertThat(textOf(process.stdout())).isEmpty();
        assertThat(textOf(process.stderr())).isEmpty();
        join(process);
        assertThat(process.exitCode()).hasValue(0);
        assertThat(done.get()).isEqualTo(1);
    }

    @Test
    void exitCodeIs1_andTheTraceIsPrinted_whenTheTaskThrows() throws Exception {
        String errors = errorsOf(mp.process(ExitCodeContract::fail).name("unlucky"), 1);
        assertThat(errors)
                .contains("unlucky")
                .contains("java.io.IOException: the disk is on fire")
                .contains("at " + ExitCodeContract.class.getName() + ".fail(ExitCodeContract.java:")
                .contains("Caused by: java.lang.IllegalStateException: smoke")
                .containsOnlyOnce("the disk is on fire")
                .doesNotContain("InvocationTargetException");
    }

    private static void fail() throws IOException {
        throw new IOException("the disk is on fire", new IllegalStateException("smoke"));
    }

    @Test
    void exitCodeIs1_whenTheTaskThrowsAnError() throws Exception {
        assertThat(errorsOf(
                        mp.process(() -> {
                            throw new AssertionError("must not be");
                        }),
                        1))
                .contains("java.lang.AssertionError: must not be");
    }

    @Test
    void traceGoesToTheFile_whenErrorsAreAppendedToOne() throws Exception {
        onlyWithJvms();
        Path file = folder.resolve("errors");
        Process process = mp.process(ExitCodeContract::fail).stderr(file).start();
        join(process);
        assertThat(process.exitCode()).hasValue(1);
        assertThat(file).content().contains("the disk is on fire", "smoke");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 143, 137, 130, 255})
    void exitCodeIsWhatWasGivenToExit(int code) throws Exception {
        onlyWithJvms();
        assertThat(errorsOf(mp.process(() -> System.exit(code)), code)).isEmpty();
    }

    @Test
    void exitCodeIsWhatWasGivenToExit_inAnotherThread() throws Exception {
        onlyWithJvms();
        errorsOf(
                mp.process(() -> {
                    Thread.ofPlatform().start(() -> System.exit(7));
                    Thread.sleep(FOREVER);
                }),
                7);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 137, 143})
    void exitCodeIsWhatWasGivenToHalt(int code) throws Exception {
        onlyWithJvms();
        errorsOf(mp.process(() -> Runtime.getRuntime().halt(code)), code);
    }

    @Test
    void exitCodeIsMinus15_whenTerminated() throws Exception {
        onlyWithJvms();
        Process sleeper = startedSleeper(mp.process(ExitCodeContract::sleep));
        sleeper.terminate();
        assertThat(textOf(sleeper.stderr())).isEmpty();
        join(sleeper);
        assertThat(sleeper.exitCode()).hasValue(-15);
    }

    @Test
    void exitCodeIsMinus9_whenKilled() throws Exception {
        onlyWithJvms();
        Process sleeper = startedSleeper(mp.process(ExitCodeContract::sleep));
        sleeper.kill();
        assertThat(textOf(sleeper.stderr())).isEmpty();
        join(sleeper);
        assertThat(sleeper.exitCode()).hasValue(-9);
    }

    @ParameterizedTest
    @CsvSource({"INT, -2", "HUP, -1", "TERM, -15", "KILL, -9", "ABRT, -6", "ALRM, -14"})
    void exitCodeIsTheSignalNegated_whenItComesFromOutside(String signal, int exitCode) throws Exception {
        onlyWithJvms();
        assumeTrue(!isIgnored(-exitCode), "this process was started to ignore the signal, and so are its children");
        // An aborted JVM would write a file about it.
        Process sleeper = startedSleeper(mp.process(ExitCodeContract::sleep).directory(folder));
        Signals.send(signal, sleeper.pid().getAsLong());
        join(sleeper);
        assertThat(sleeper.exitCode()).hasValue(exitCode);
    }

    @Test
    void exitCodeIs1_whenASleepingTaskIsInterrupted() throws Exception {
        onlyWithJvms();
        Process sleeper = startedSleeper(mp.process(ExitCodeContract::sleep));
        sleeper.interrupt();
        assertThat(textOf(sleeper.stderr())).contains("java.lang.InterruptedException: sleep interrupted");
        join(sleeper);
        assertThat(sleeper.exitCode()).hasValue(1);
    }

    @Test
    void exitCodeIs0_whenTheTaskHandlesTheInterrupt() throws Exception {
        onlyWithJvms();
        Process sleeper = startedSleeper(mp.process(() -> {
            try {
                sleep();
            } catch (InterruptedException handled) {
                System.out.println("handled");
            }
        }));
        sleeper.interrupt();
        assertThat(textOf(sleeper.stdout())).isEqualTo("handled");
        join(sleeper);
        assertThat(sleeper.exitCode()).hasValue(0);
    }

    @Test
    void interruptIsNotLost_whenTheTaskHasNotBegun() throws Exception {
        onlyWithJvms();
        Process sleeper =
                mp.process(() -> Thread.sleep(FOREVER)).stderr(Stream.PIPE).start();
        sleeper.interrupt();
        assertThat(textOf(sleeper.stderr())).contains("InterruptedException");
        join(sleeper);
        assertThat(sleeper.exitCode()).hasValue(1);
    }

    @Test
    void interruptsComeOneByOne() throws Exception {
        var handled = mp.intValue(0);
        Process process = mp.process(() -> {
                    while (handled.get() < 3) {
                        try {
                            Thread.sleep(FOREVER);
                        } catch (InterruptedException again) {
                            handled.increment();
                        }
                    }
                })
                .start();
        for (int i = 1; i <= 3; i++) {
            int number = i;
            process.interrupt();
            Await.until("interrupt " + number, () -> handled.get() == number);
        }
        join(process);
        assertThat(process.exitCode()).hasValue(0);
    }

    @Test
    void interruptedTaskCanStillUseWhatIsShared() throws Exception {
        var count = mp.intValue(0);
        errorsOf(
                mp.process(() -> {
                    Thread.currentThread().interrupt();
                    count.increment();
                    count.context().intValue(5).increment();
                    count.context().longArray(100_000).set(0, 1);
                    count.context().process(() -> {}).start();
                    count.context().close();
                    if (!Thread.interrupted()) {
                        throw new AssertionError("the interrupt is lost");
                    }
                }),
                0);
        assertThat(count.get()).isEqualTo(1);
    }

    @Test
    void signalsDoNothing_whenTheProcessHasEnded() throws Exception {
        Process process = mp.process(() -> {}).start();
        join(process);
        process.terminate();
        process.kill();
        process.interrupt();
        assertThat(process.exitCode()).hasValue(0);
    }

    @Test
    void shutdownHooksRun_atTheNormalEnd() throws Exception {
        onlyWithJvms();
        assertThat(outputOf(() -> {
                    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
                    System.out.println("task");
                }))
                .isEqualTo("task\nhook");
    }

    @Test
    void shutdownHooksRun_andFinallyBlocksDoNot_whenTerminated() throws Exception {
        onlyWithJvms();
        Process process = startedSleeper(mp.process(() -> {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
            try {
                sleep();
            } finally {
                System.out.println("finally");
            }
        }));
        process.terminate();
        assertThat(textOf(process.stdout())).isEqualTo("hook");
        join(process);
    }

    @Test
    void killEndsAProcess_thatTerminateCanNot() throws Exception {
        onlyWithJvms();
        Process stubborn = startedSleeper(mp.process(() -> {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                System.err.println("hook");
                LockSupport.park();
            }));
            sleep();
        }));
        stubborn.terminate();
        assertThat(stubborn.stderr().read()).isEqualTo('h');
        assertThat(stubborn.join(Duration.ofMillis(50))).isFalse();
        stubborn.kill();
        join(stubborn);
        assertThat(stubborn.exitCode()).hasValue(-9);
    }

    @Test
    void childWaitsForItsThreads_unlessTheyAreDaemons() throws Exception {
        onlyWithJvms();
        assertThat(outputOf(() -> {
                    Thread.ofPlatform().daemon().start(() -> {
                        try {
                            Thread.sleep(FOREVER);
                        } catch (InterruptedException unexpected) {
                            System.out.println(unexpected);
                        }
                    });
                    Thread main = Thread.currentThread();
                    Thread.ofPlatform().start(() -> {
                        try {
                            main.join();
                            System.out.println("after the task");
                        } catch (InterruptedException unexpected) {
                            System.out.println(unexpected);
                        }
                    });
                }))
                .isEqualTo("after the task");
    }

    @Test
    void childWaitsForItsThreads_whenTheTaskThrows() throws Exception {
        onlyWithJvms();
        Process process = mp.process(() -> {
                    Thread main = Thread.currentThread();
                    Thread.ofPlatform().start(() -> {
                        try {
                            main.join();
                            System.out.println("after the task");
                        } catch (InterruptedException unexpected) {
                            System.out.println(unexpected);
                        }
                    });
                    fail();
                })
                .stdout(Stream.PIPE)
                .stderr(Stream.DISCARD)
                .start();
        assertThat(textOf(process.stdout())).isEqualTo("after the task");
        join(process);
        assertThat(process.exitCode()).hasValue(1);
    }

    @Test
    void endIsAGoodOne_whenTheTaskClosedItsStreams() throws Exception {
        onlyWithJvms();
        Process process = mp.process(() -> {
                    System.out.close();
                    System.err.close();
                    System.in.close();
                })
                .start();
        join(process);
        assertThat(process.exitCode()).hasValue(0);
    }

    @Test
    void endIsSeen_whenTheTaskPrintsWhatNobodyReads() throws Exception {
        onlyWithJvms();
        Process process = mp.process(() -> System.out.println("x".repeat(100)))
                .stdout(Stream.PIPE)
                .start();
        process.stdout().close();
        join(process);
        assertThat(process.exitCode()).hasValue(0);
    }

    private static void sleep() throws InterruptedException {
        System.err.write('s');
        System.err.flush();
        Thread.sleep(FOREVER);
    }

    /** Starts a process, and returns when it sleeps, or is about to. */
    private static Process startedSleeper(Process process) throws IOException {
        process.stdout(Stream.PIPE).stderr(Stream.PIPE).start();
        assertThat(process.stderr().read()).isEqualTo('s');
        return process;
    }

    private static boolean isIgnored(int signal) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("SigIgn:")) {
                long mask = Long.parseUnsignedLong(
                        line.substring("SigIgn:".length()).strip(), 16);
                return (mask >>> (signal - 1) & 1) != 0;
            }
        }
        return false;
    }
}
