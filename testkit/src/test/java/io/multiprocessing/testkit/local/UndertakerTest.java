package io.multiprocessing.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.Context;
import io.multiprocessing.IntValue;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import io.multiprocessing.Task;
import io.multiprocessing.testkit.crash.CrashHarness;
import io.multiprocessing.testkit.jvm.Await;
import io.multiprocessing.testkit.jvm.JavaProgram;
import io.multiprocessing.testkit.jvm.Signals;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The memory of a process that was on stand-by is taken apart by another process: nobody waits for that, all else of the
 * process is gone with it, and of the other one nothing is left either.
 */
@EnabledIfSystemProperty(named = "os.arch", matches = "amd64", disabledReason = "there are none elsewhere")
@ExtendWith({OwnFolder.class, StandByTimes.class})
class UndertakerTest {
    private static final String URI = "local:?standby=1";

    /** What a shell and a terminal send to all processes of a program: the bits of SIGHUP, SIGINT, SIGTERM. */
    private static final long SENT_TO_ALL = 1 | 1 << 1 | 1 << 14;

    /** Of a child, so that nothing closes them but its end. */
    private static final List<Closeable> HELD = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void theEndOfAProcessIsKnown_andItsPortsAndLocksAreFree_whileItsMemoryIsThere() throws Exception {
        String lockFile = Files.createFile(folder.resolve("lock")).toString();
        try (Context mp = Multiprocessing.open(URI)) {
            IntValue port = mp.intValue(0);
            StandByJvms.prepare(mp);
            long undertaker = onlyUndertaker();
            Signals.stop(undertaker);
            Process process = mp.process(() -> holdUntilTheEnd(lockFile, port)).start();
            assertThat(process.join(Await.LIMIT)).isTrue();
            assertThat(process.exitCode()).hasValue(0);
            assertThat(state(undertaker)).isEqualTo("T");
            try (var lock = FileChannel.open(Path.of(lockFile), StandardOpenOption.WRITE);
                    var socket = new ServerSocket()) {
                assertThat(lock.tryLock()).isNotNull();
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port.get()));
            }
        }
        assertNothingIsLeft();
    }

    private static void holdUntilTheEnd(String lockFile, IntValue port) throws IOException {
        FileChannel lock = FileChannel.open(Path.of(lockFile), StandardOpenOption.WRITE);
        lock.lock();
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        port.set(socket.getLocalPort());
        HELD.addAll(List.of(lock, socket));
    }

    @Test
    void itHasNoFilesOfOthers_andTakesNoSignals() throws Exception {
        try (Context mp = Multiprocessing.open(URI)) {
            StandByJvms.prepare(mp);
            long undertaker = onlyUndertaker();
            Await.until("it has closed all files but one", () -> files(undertaker).length == 1);
            assertThat(Files.readSymbolicLink(files(undertaker)[0].toPath()).toString())
                    .contains("pidfd");
            assertThat(Long.parseUnsignedLong(status(undertaker, "SigBlk"), 16) & SENT_TO_ALL)
                    .isEqualTo(SENT_TO_ALL);
            for (String each : List.of("HUP", "INT", "TERM", "USR1")) {
                Signals.send(each, undertaker);
            }
            StandByJvms.assertEndsWell(mp.process(() -> {}).start());
        }
        assertNothingIsLeft();
    }

    @Test
    void aProcessLivesOn_whenItsUndertakerIsKilled() throws Exception {
        try (Context mp = Multiprocessing.open(URI)) {
            IntValue count = mp.intValue(0);
            StandByJvms.prepare(mp);
            long undertaker = onlyUndertaker();
            Signals.send("KILL", undertaker);
            Await.until("it is dead", () -> state(undertaker).equals("Z"));
            StandByJvms.assertEndsWell(mp.process(count::increment).start());
            assertThat(count.get()).isEqualTo(1);
            Await.until("it is reaped", () -> !Files.exists(proc(undertaker, "stat")));
        }
        assertNothingIsLeft();
    }

    @Test
    void howAProcessEndedIsKnown() throws Exception {
        try (Context mp = Multiprocessing.open(URI)) {
            StandByJvms.prepare(mp);
            assertThat(exitCodeOf(mp, () -> System.exit(3))).isEqualTo(3);
            assertThat(exitCodeOf(mp, () -> Runtime.getRuntime().halt(4))).isEqualTo(4);
            assertThat(exitCodeOf(mp, UndertakerTest::killSelf)).isEqualTo(-9);
        }
        assertNothingIsLeft();
    }

    private static int exitCodeOf(Context mp, Task task) throws Exception {
        StandByJvms.awaitReady(mp);
        Process process = mp.process(task).start();
        assertThat(process.join(Await.LIMIT)).isTrue();
        return process.exitCode().orElseThrow();
    }

    private static void killSelf() throws Exception {
        Signals.send("KILL", ProcessHandle.current().pid());
        Thread.sleep(Await.LIMIT.toMillis());
    }

    @Test
    void manyEndsLeaveNothing() throws Exception {
        try (Context mp = Multiprocessing.open("local:?standby=2")) {
            StandByJvms.prepare(mp);
            for (int i = 0; i < 6; i++) {
                StandByJvms.awaitReady(mp);
                StandByJvms.assertEndsWell(mp.process(() -> {}).start());
                Await.until(
                        "all but a few have ended",
                        () -> StandByJvms.undertakers().size() <= 2 + 2);
            }
        }
        assertNothingIsLeft();
    }

    @Test
    void thereIsNone_whenTheyAreOff() throws Exception {
        try (JavaProgram program = new JavaProgram.Launch()
                .options(StandByTimes.options())
                .options("-Dmultiprocessing.standby.undertaker=false")
                .start(Parent.class)) {
            assertThat(program.end().output().strip()).isEqualTo("0 undertakers, exit code 0");
        }
    }

    /** The JVMs on stand-by never come to be ready, so a process is started cold. */
    @Test
    void aJvmThatDiesBeforeItHasNamedItsUndertaker_isNotWaitedFor() throws Exception {
        try (JavaProgram program = new JavaProgram.Launch()
                .environment(Map.of("JDK_JAVA_OPTIONS", CrashHarness.option("standby-K6")))
                .options(StandByTimes.options())
                .start(Cold.class)) {
            JavaProgram.Ended ended = program.end();
            assertThat(ended.output().strip()).as(program.toString()).isEqualTo("exit code 0, 3 undertakers, all dead");
            assertThat(ended.exitCode()).isZero();
        }
    }

    /** Starts a process that was on stand-by. */
    static final class Parent {
        private Parent() {}

        public static void main(String[] arguments) throws Exception {
            try (Context mp = Multiprocessing.open(URI)) {
                StandByJvms.prepare(mp);
                int undertakers = StandByJvms.undertakers().size();
                Process process = mp.process(() -> {}).start();
                process.join();
                System.out.println(undertakers + " undertakers, exit code "
                        + process.exitCode().orElseThrow());
            }
        }
    }

    /** Starts processes until the context has given up to keep JVMs ready. */
    static final class Cold {
        private Cold() {}

        public static void main(String[] arguments) throws Exception {
            int exitCode = 0;
            try (Context mp = Multiprocessing.open(URI)) {
                while (StandByJvms.undertakers().size() < 3) {
                    Process process = mp.process(() -> {}).start();
                    process.join();
                    exitCode |= process.exitCode().orElseThrow();
                }
            }
            Await.until("they end", Cold::areAllDead);
            System.out.println(
                    "exit code " + exitCode + ", " + StandByJvms.undertakers().size() + " undertakers, all dead");
        }

        private static boolean areAllDead() throws IOException {
            for (long undertaker : StandByJvms.undertakers()) {
                if (!state(undertaker).equals("Z")) {
                    return false;
                }
            }
            return true;
        }
    }

    private static long onlyUndertaker() throws Exception {
        Await.until("it has its name", () -> StandByJvms.undertakers().size() == 1);
        return StandByJvms.undertakers().iterator().next();
    }

    private static File[] files(long pid) {
        return Objects.requireNonNull(proc(pid, "fd").toFile().listFiles());
    }

    /** When a context is closed, not some time later. */
    private static void assertNothingIsLeft() {
        assertThat(ProcessHandle.current().children()).isEmpty();
    }

    /** One letter: T stopped, Z dead and not reaped. */
    private static String state(long pid) throws IOException {
        return status(pid, "State").substring(0, 1);
    }

    private static String status(long pid, String field) throws IOException {
        try (var lines = Files.lines(proc(pid, "status"))) {
            return lines.filter(line -> line.startsWith(field + ":"))
                    .map(line -> line.substring(field.length() + 1).strip())
                    .findAny()
                    .orElseThrow();
        }
    }

    private static Path proc(long pid, String file) {
        return Path.of("/proc", Long.toString(pid), file);
    }
}
