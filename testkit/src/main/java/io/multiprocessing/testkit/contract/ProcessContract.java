package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import io.multiprocessing.Process.Stream;
import io.multiprocessing.Waitable;
import io.multiprocessing.testkit.jvm.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a process does between its description and the closing of its handle, in every context. */
public abstract class ProcessContract extends ProcessSuite {
    private static final Duration A_MOMENT = Duration.ofMillis(100);
    private static final int MANY = 50;
    private static final int SLEEPERS = 16;

    @Test
    void knowsItsStateFromDescriptionToEnd() throws Exception {
        var mayEnd = mp.booleanValue(false);
        Process process = mp.process(() -> Await.until("may end", mayEnd::get));

        assertThat(process.isAlive()).isFalse();
        assertThat(process.pid()).isEmpty();
        assertThat(process.exitCode()).isEmpty();
        assertThat(Multiprocessing.activeChildren()).doesNotContain(process);

        assertThat(process.start()).isSameAs(process);
        assertThat(process.isAlive()).isTrue();
        long pid = process.pid().getAsLong();
        assertThat(Await.isAlive(pid)).isTrue();
        assertThat(process.exitCode()).isEmpty();
        assertThat(Multiprocessing.activeChildren()).containsExactly(process);

        mayEnd.set(true);
        process.join();
        assertThat(process.isAlive()).isFalse();
        assertThat(process.exitCode()).hasValue(0);
        assertThat(process.pid()).hasValue(pid);
        assertThat(Await.isAlive(pid)).isEqualTo(!isEachProcessAJvm());
        assertThat(Multiprocessing.activeChildren()).doesNotContain(process);
    }

    @Test
    void childKnowsWhoItIs() throws Exception {
        Process process = mp.process(() -> {
                    Process self = Multiprocessing.currentProcess();
                    System.out.println(self.name() + " " + self.pid().getAsLong() + " "
                            + ProcessHandle.current().pid() + " " + self.isDaemon() + " " + self.isAlive() + " "
                            + self.exitCode().isPresent());
                })
                .name("worker of mine")
                .daemon();
        String output = outputOf(process);
        long pid = process.pid().getAsLong();
        assertThat(output).isEqualTo("worker of mine " + pid + " " + pid + " true true false");
    }

    @Test
    void thisProcessKnowsWhoItIs() {
        Process self = Multiprocessing.currentProcess();
        assertThat(self.name()).isNotEmpty();
        assertThat(self.pid()).hasValue(ProcessHandle.current().pid());
        assertThat(self.isAlive()).isTrue();
        assertThat(self.isDaemon()).isFalse();
        assertThat(self.exitCode()).isEmpty();
        assertThat(Multiprocessing.parentProcess()).isEmpty();
        assertThat(Multiprocessing.cpuCount()).isPositive();
    }

    @Test
    void namesCountUp_whenNoneIsGiven() {
        int first = numberOf(mp.process(() -> {}));
        assertThat(numberOf(mp.process(() -> {}))).isEqualTo(first + 1);
        mp.process(() -> {}).name("has one, and a number all the same");
        assertThat(numberOf(mp.process(() -> {}))).isEqualTo(first + 3);
    }

    private static int numberOf(Process process) {
        assertThat(process.name()).matches("Process-[1-9][0-9]*");
        return Integer.parseInt(process.name().substring("Process-".length()));
    }

    @Test
    void nameMayBeAnything() throws Exception {
        for (String name : List.of("", "two words", "prozeß-日本", "nul\0", "x".repeat(70_000))) {
            Process process = mp.process(() -> System.out.println(
                            Multiprocessing.currentProcess().name().hashCode()))
                    .name(name);
            assertThat(process.name()).isEqualTo(name);
            assertThat(outputOf(process)).isEqualTo(String.valueOf(name.hashCode()));
        }
    }

    @Test
    void daemonIsWhatItsCreatorIs_untilItIsTold() {
        assertThat(mp.process(() -> {}).isDaemon()).isFalse();
        assertThat(mp.process(() -> {}).daemon().isDaemon()).isTrue();
        assertThat(mp.process(() -> {}).daemon().daemon(false).isDaemon()).isFalse();
    }

    @Test
    void joinWaits_forTheEndOrForTheTimeout() throws Exception {
        Process sleeper = mp.process(() -> Thread.sleep(FOREVER)).start();
        for (Duration none : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofSeconds(Long.MIN_VALUE))) {
            assertThat(sleeper.join(none)).isFalse();
        }
        long begin = System.nanoTime();
        assertThat(sleeper.join(A_MOMENT)).isFalse();
        assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(A_MOMENT.toNanos());
        assertThat(sleeper.isAlive()).isTrue();

        sleeper.kill();
        assertThat(sleeper.join(Duration.ofSeconds(Long.MAX_VALUE))).isTrue();
        assertThat(sleeper.join(Duration.ZERO)).isTrue();
        assertThat(sleeper.join(Duration.ofSeconds(-1))).isTrue();
        sleeper.join();
        sleeper.join();
    }

    @Test
    void joinOfManyThreadsReturnsInAll() throws Exception {
        Process sleeper = mp.process(() -> Thread.sleep(FOREVER)).start();
        List<CompletableFuture<Void>> joins = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            var joined = new CompletableFuture<Void>();
            Thread.startVirtualThread(() -> {
                try {
                    sleeper.join();
                    joined.complete(null);
                } catch (InterruptedException failed) {
                    joined.completeExceptionally(failed);
                }
            });
            joins.add(joined);
        }
        sleeper.terminate();
        for (var joined : joins) {
            joined.get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Test
    void joinIsInterrupted_andTheProcessGoesOn() throws Exception {
        Process sleeper = mp.process(() -> Thread.sleep(FOREVER)).start();
        Thread.currentThread().interrupt();
        assertThatThrownBy(sleeper::join).isInstanceOf(InterruptedException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> sleeper.join(FOREVER)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(sleeper.isAlive()).isTrue();
        sleeper.kill();
    }

    @Test
    void startsAndEnds_whenTheThreadIsInterrupted() throws Exception {
        var done = mp.intValue(0);
        Thread.currentThread().interrupt();
        try (Process process = mp.process(done::increment).start()) {
            assertThat(Thread.interrupted()).isTrue();
            join(process);
        }
        assertThat(done.get()).isEqualTo(1);
    }

    @Test
    void onExitCompletesWithTheExitCode() throws Exception {
        Process sleeper = mp.process(() -> Thread.sleep(FOREVER)).start();
        CompletableFuture<Integer> exit = sleeper.onExit();
        CompletableFuture<Integer> copy = sleeper.onExit();
        assertThat(exit).isNotDone();
        copy.complete(5);
        sleeper.onExit().cancel(true);
        assertThat(sleeper.isAlive()).isTrue();
        assertThat(sleeper.exitCode()).isEmpty();

        sleeper.kill();
        assertThat(exit.get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(-9);
        join(sleeper);
        assertThat(sleeper.exitCode()).hasValue(-9);
        assertThat(sleeper.onExit().get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isEqualTo(-9);
    }

    @Test
    void onExitRunsWhatFollows_howeverDeepItGoes() throws Exception {
        Process process = mp.process(() -> {}).start();
        int depth =
                process.onExit().thenApply(exitCode -> countDown(5_000)).get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(depth).isZero();
    }

    private static int countDown(int n) {
        return n == 0 ? 0 : countDown(n - 1);
    }

    @Test
    void sentinelIsReady_fromTheEndOn() throws Exception {
        Process sleeper = mp.process(() -> Thread.sleep(FOREVER)).start();
        Waitable sentinel = sleeper.sentinel();
        assertThat(sentinel.isReady()).isFalse();
        assertThat(sentinel.toString()).contains("not ended");
        assertThat(sentinel.await(A_MOMENT)).isFalse();
        assertThat(sentinel.await(Duration.ofSeconds(-1))).isFalse();
        sleeper.kill();
        assertThat(sentinel.await(Await.LIMIT)).isTrue();
        assertThat(sentinel.isReady()).isTrue();
        assertThat(sentinel.await(Duration.ZERO)).isTrue();
        assertThat(sentinel.toString()).contains("exit code -9");
    }

    @Test
    void activeChildrenIsAFreshList() throws Exception {
        Process first = mp.process(() -> Thread.sleep(FOREVER)).start();
        List<Process> before = Multiprocessing.activeChildren();
        Process second = mp.process(() -> Thread.sleep(FOREVER)).start();
        assertThat(before).containsExactly(first);
        assertThat(Multiprocessing.activeChildren()).containsExactlyInAnyOrder(first, second);
        first.kill();
        first.join();
        assertThat(Multiprocessing.activeChildren()).containsExactly(second);
    }

    @Test
    void manyShortChildrenAllEndWell() throws Exception {
        var count = mp.intValue(0);
        List<Process> children = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            children.add(mp.process(count::increment).start());
        }
        for (Process child : children) {
            join(child);
            assertThat(child.exitCode()).hasValue(0);
            child.close();
        }
        assertThat(count.get()).isEqualTo(MANY);
    }

    @Test
    void freshlyStartedSleepersCanAllBeTerminated() throws Exception {
        List<Process> children = new ArrayList<>();
        for (int i = 0; i < SLEEPERS; i++) {
            children.add(mp.process(() -> Thread.sleep(FOREVER))
                    .stderr(Stream.DISCARD)
                    .start());
            // At another moment of the start of each.
            children.getLast().join(Duration.ofMillis(8L * i));
            children.getLast().terminate();
        }
        for (Process child : children) {
            join(child);
            assertThat(child.exitCode()).as(child.toString()).hasValue(-15);
        }
    }

    @Test
    void textTellsTheState() throws Exception {
        var mayEnd = mp.booleanValue(false);
        Process process = mp.process(() -> Await.until("may end", mayEnd::get))
                .name("teller")
                .daemon();
        assertThat(process.toString())
                .contains(
                        "teller",
                        "initial",
                        "daemon",
                        "parent " + ProcessHandle.current().pid());
        process.start();
        assertThat(process.toString())
                .contains("started", "pid " + process.pid().getAsLong());
        mayEnd.set(true);
        join(process);
        assertThat(process.toString()).contains("stopped with exit code 0");
        process.close();
        assertThat(process.toString()).contains("teller", "closed");
    }
}
