package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.Context;
import io.multiprocessing.IntValue;
import io.multiprocessing.LongArray;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import io.multiprocessing.Process.Stream;
import io.multiprocessing.testkit.jvm.Await;
import io.multiprocessing.testkit.jvm.JavaProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What parents, children and grandchildren know of each other, and how one's end moves the others, in every context. */
public abstract class ProcessFamilyContract extends ProcessSuite {
    @TempDir
    Path folder;

    @Test
    void childKnowsItsParent() throws Exception {
        Process here = Multiprocessing.currentProcess();
        assertThat(outputOf(() -> {
                    Process parent = Multiprocessing.parentProcess().orElseThrow();
                    System.out.println(parent.name() + " " + parent.pid().getAsLong() + " " + parent.isAlive() + " "
                            + parent.exitCode().isPresent() + " " + parent.join(Duration.ofMillis(1)) + " "
                            + parent.sentinel().isReady());
                }))
                .isEqualTo(here.name() + " " + here.pid().getAsLong() + " true false false false");
    }

    @Test
    void childCanDoNothingToItsParent() throws Exception {
        assertThat(outputOf(() -> {
                    Process parent = Multiprocessing.parentProcess().orElseThrow();
                    for (Runnable action : List.<Runnable>of(
                            parent::kill,
                            parent::terminate,
                            parent::interrupt,
                            parent::start,
                            parent::stdout,
                            parent::daemon,
                            () -> parent.name("another"))) {
                        try {
                            action.run();
                            System.out.println("not refused");
                        } catch (IllegalStateException refused) {
                            System.out.println(refused.getMessage());
                        }
                    }
                    parent.close();
                }))
                .doesNotContain("not refused")
                .startsWith("only the process that made it can kill Process[");
    }

    @Test
    void childrenOfAChildAreNamedAfterIt() throws Exception {
        var value = mp.intValue(0);
        Process child = mp.process(() -> {
            Context same = value.context();
            System.out.println(same.process(() -> {}).name());
            Process second = same.process(
                    () -> System.out.println(value.context().process(() -> {}).name()));
            System.out.println(second.name());
            second.start().join();
        });
        String name = child.name();
        assertThat(outputOf(child)).isEqualTo(name + ":1\n" + name + ":2\n" + name + ":2:1");
    }

    @Test
    void childrenOfADaemonAreDaemons_untilTheyAreTold() throws Exception {
        var value = mp.intValue(0);
        assertThat(outputOf(mp.process(() -> {
                            Process inherits = value.context().process(() -> {});
                            Process told = value.context().process(() -> {}).daemon(false);
                            System.out.println(inherits.isDaemon() + " " + told.isDaemon());
                        })
                        .daemon()))
                .isEqualTo("true false");
    }

    @Test
    void childrenMayHaveChildren() throws Exception {
        var count = mp.intValue(0);
        Process child = mp.process(() -> descend(count, 2)).start();
        join(child);
        assertThat(child.exitCode()).hasValue(0);
        assertThat(count.get()).isEqualTo(1 + 2 + 4);
    }

    private static void descend(IntValue count, int generations) throws InterruptedException {
        count.increment();
        if (generations > 0) {
            Process left = count.context()
                    .process(() -> descend(count, generations - 1))
                    .start();
            Process right = count.context()
                    .process(() -> descend(count, generations - 1))
                    .start();
            left.join();
            right.join();
            if (left.exitCode().getAsInt() != 0 || right.exitCode().getAsInt() != 0) {
                throw new AssertionError(left + ", " + right);
            }
        }
    }

    @Test
    void childEndsAfterItsChildren() throws Exception {
        var mayEnd = mp.booleanValue(false);
        var steps = mp.intValue(0);
        Process child = mp.process(() -> {
                    mayEnd.context()
                            .process(() -> {
                                steps.set(1);
                                Await.until("may end", mayEnd::get);
                                steps.set(2);
                            })
                            .start();
                })
                .start();
        Await.until("the grandchild runs", () -> steps.get() == 1);
        assertThat(child.join(Duration.ofMillis(100))).isFalse();
        mayEnd.set(true);
        join(child);
        assertThat(child.exitCode()).hasValue(0);
        assertThat(steps.get()).isEqualTo(2);
    }

    @Test
    void grandchildNoticesThatItsParentWasKilled_andGoesOn() throws Exception {
        var steps = mp.intValue(0);
        var pid = mp.longValue(0);
        Process child = mp.process(() -> steps.context()
                        .process(() -> {
                            pid.set(ProcessHandle.current().pid());
                            Process parent = Multiprocessing.parentProcess().orElseThrow();
                            steps.set(parent.isAlive() && !parent.sentinel().isReady() ? 1 : -1);
                            parent.join();
                            boolean isSeen =
                                    !parent.isAlive() && parent.sentinel().isReady() && parent.join(Duration.ZERO);
                            steps.set(isSeen ? 2 : -2);
                        })
                        .start()
                        .join())
                .name("victim")
                .start();
        Await.until("the grandchild runs", () -> steps.get() == 1);
        child.kill();
        join(child);
        Await.until("the grandchild has seen it", () -> steps.get() == 2);
        if (isEachProcessAJvm()) {
            Await.death(pid.get());
        }
    }

    @Test
    void daemonsEnd_whenTheirParentIsKilled() throws Exception {
        onlyWithJvms();
        var pids = mp.longArray(3);
        Process child = mp.process(() -> {
                    startDaemon(pids, 0, () -> {});
                    startDaemon(pids, 1, () -> {});
                    // This one does not comply.
                    startDaemon(pids, 2, LockSupport::park);
                    Thread.sleep(FOREVER);
                })
                .start();
        for (int i = 0; i < pids.length(); i++) {
            int index = i;
            Await.until("daemon " + i + " runs", () -> pids.get(index) != 0);
        }
        child.kill();
        join(child);
        for (long pid : pids.toArray()) {
            Await.death(pid);
        }
    }

    private interface Hook extends Runnable, java.io.Serializable {}

    private static void startDaemon(LongArray pids, int index, Hook atShutdown) {
        pids.context()
                .process(() -> {
                    Runtime.getRuntime().addShutdownHook(new Thread(atShutdown));
                    pids.set(index, ProcessHandle.current().pid());
                    Thread.sleep(FOREVER);
                })
                .daemon()
                .start();
    }

    @Test
    void closeTerminatesDaemons_andJoinsTheOthers() throws Exception {
        int exitCode = exitCodeOfTheDaemon_whenClosed(mp);
        for (int i = 0;
                i < 5 && exitCode == -9;
                i++) { // on a busy machine it may take too long to end, but not each time
            exitCode = exitCodeOfTheDaemon_whenClosed(Multiprocessing.open(uri()));
        }
        assertThat(exitCode).isEqualTo(-15);
    }

    private static int exitCodeOfTheDaemon_whenClosed(Context context) throws Exception {
        var steps = context.intValue(0);
        Process daemon = context.process(() -> Thread.sleep(FOREVER)).daemon().start();
        Process worker = context.process(() -> {
                    steps.set(1);
                    Thread.sleep(200);
                })
                .start();
        Await.until("the worker runs", () -> steps.get() == 1);
        context.close();
        assertThat(worker.exitCode()).hasValue(0);
        assertThat(Multiprocessing.activeChildren()).isEmpty();
        return daemon.exitCode().getAsInt();
    }

    @Test
    void closeKillsADaemon_thatDoesNotComply() throws Exception {
        onlyWithJvms();
        var pids = mp.longArray(1);
        startDaemon(pids, 0, LockSupport::park);
        Process daemon = Multiprocessing.activeChildren().getFirst();
        Await.until("the daemon runs", () -> pids.get(0) != 0);
        mp.close();
        assertThat(daemon.exitCode()).hasValue(-9);
    }

    @Test
    void parentEndsAfterItsChildren_whenMainReturns() throws Exception {
        onlyWithJvms();
        try (JavaProgram parent =
                JavaProgram.start(Parent.class, uri(), childsNote().toString(), "return")) {
            parent.awaitLine("main is over");
            long daemon = Long.parseLong(parent.awaitLine("daemon"));
            Await.death(daemon);
            assertThat(parent.isAlive()).isTrue();
            parent.tell("go on");
            JavaProgram.Ended ended = parent.end();
            assertThat(ended.exitCode()).isZero();
            assertThat(ended.output()).contains("main is over").endsWith("child goes on\n");
            assertThat(ended.errors()).isEmpty();
        }
    }

    @Test
    void parentEndsAfterItsChildren_whenItExits() throws Exception {
        onlyWithJvms();
        try (JavaProgram parent =
                JavaProgram.start(Parent.class, uri(), childsNote().toString(), "exit")) {
            parent.awaitLine("main is over");
            Await.death(Long.parseLong(parent.awaitLine("daemon")));
            parent.tell("go on");
            JavaProgram.Ended ended = parent.end();
            assertThat(ended.exitCode()).isEqualTo(3);
            assertThat(ended.output()).endsWith("child goes on\n");
        }
    }

    @Test
    void parentEndsWithItsDaemons_whenItIsTerminated() throws Exception {
        onlyWithJvms();
        try (JavaProgram parent =
                JavaProgram.start(Parent.class, uri(), childsNote().toString(), "wait")) {
            long daemon = Long.parseLong(parent.awaitLine("daemon"));
            long child = Long.parseLong(parent.awaitLine("child"));
            parent.awaitLine("main is over");
            parent.terminate();
            Await.until("the parent has ended", () -> !parent.isAlive());
            Await.death(daemon);
            awaitOrderlyEnd(child);
        }
    }

    @Test
    void daemonsEnd_andTheOthersGoOn_whenTheParentIsKilled() throws Exception {
        onlyWithJvms();
        try (JavaProgram parent =
                JavaProgram.start(Parent.class, uri(), childsNote().toString(), "wait")) {
            long daemon = Long.parseLong(parent.awaitLine("daemon"));
            long child = Long.parseLong(parent.awaitLine("child"));
            parent.awaitLine("main is over");
            parent.kill();
            Await.death(daemon);
            awaitOrderlyEnd(child);
        }
        // The child may have left while its parent was dying; then the last one there was killed, and the next context
        // sweeps.
        Multiprocessing.open(uri()).close();
    }

    /** The child sees the end of its input, now that nobody writes to what was its parent's, and ends by itself. */
    private void awaitOrderlyEnd(long child) throws Exception {
        Await.death(child);
        assertThat(childsNote()).hasContent("ends");
    }

    private Path childsNote() {
        return folder.resolve("note");
    }

    /** A program with a daemon that sleeps and a child that waits for a line from standard input. */
    static final class Parent {
        private Parent() {}

        public static void main(String[] arguments) throws Exception {
            Context mp = Multiprocessing.open(arguments[0]);
            String noteFile = arguments[1];
            var running = mp.intValue(0);
            Process daemon = mp.process(() -> {
                        running.increment();
                        Thread.sleep(FOREVER);
                    })
                    .daemon()
                    .start();
            Process child = mp.process(() -> {
                        running.increment();
                        int first = System.in.read();
                        Files.writeString(Path.of(noteFile), first < 0 ? "ends" : "goes on");
                        System.out.println("child goes on");
                    })
                    .stdin(Stream.INHERIT)
                    .start();
            System.out.println("daemon " + daemon.pid().getAsLong());
            System.out.println("child " + child.pid().getAsLong());
            Await.until("both run", () -> running.get() == 2);
            System.out.println("main is over");
            switch (arguments[2]) {
                case "exit" -> System.exit(3);
                case "wait" -> Thread.sleep(FOREVER);
                default -> {}
            }
        }
    }
}
