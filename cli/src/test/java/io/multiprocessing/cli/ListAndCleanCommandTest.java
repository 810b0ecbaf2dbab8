package io.multiprocessing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.Listener;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.SocketOptions;
import io.multiprocessing.testkit.jvm.Await;
import io.multiprocessing.testkit.jvm.JavaProgram;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ListAndCleanCommandTest {
    private static final String FOLDER = "multiprocessing.folder";
    private static final String SOCKETS = "java.io.tmpdir";

    private final String usualSockets = System.getProperty(SOCKETS);

    @TempDir
    private Path folder;

    @BeforeEach
    void contextsOfThisTestOnly() {
        System.setProperty(FOLDER, folder.resolve("contexts").toString());
        System.setProperty(SOCKETS, folder.toString());
    }

    @AfterEach
    void contextsOfTheUser() {
        System.clearProperty(FOLDER);
        System.setProperty(SOCKETS, usualSockets);
    }

    @Test
    void lsSaysSo_whenThereIsNoContext() {
        assertThat(run(new ListCommand())).isEqualTo("no living contexts\n");
        assertThat(run(new ListCommand(), "--json")).isEqualTo("[]\n");
    }

    @Test
    void cleanSaysSo_whenThereIsNothing() {
        assertThat(run(new CleanCommand())).isEqualTo("nothing to remove\n");
    }

    @Test
    void cleanRemovesSocketsOfTheDead_andNoOthers() throws Exception {
        try (Listener living = Listener.open(SocketOptions.noKey())) {
            Path socket = ((UnixDomainSocketAddress) living.address()).getPath();
            Path dead = Files.createDirectory(folder.resolve(".mp-dead"));
            try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                server.bind(UnixDomainSocketAddress.of(dead.resolve("socket"))); // who closes it leaves the file
            }
            Path left = Files.createDirectory(folder.resolve(".mp-left"));
            Files.setLastModifiedTime(left, FileTime.from(Instant.now().minusSeconds(120)));
            Path young = Files.createDirectory(folder.resolve(".mp-young"));
            assertThat(run(new CleanCommand()).lines())
                    .containsExactlyInAnyOrder("removed " + dead + ", a socket's", "removed " + left + ", a socket's");
            assertThat(dead).doesNotExist();
            assertThat(left).doesNotExist();
            assertThat(young).exists();
            assertThat(socket).exists();
        }
    }

    @Test
    void lsShowsWhatOtherProcessesShare() throws Exception {
        try (var program = sharer()) {
            String child = program.awaitLine("child ");
            String text = run(new ListCommand());
            assertThat(text).startsWith("jobs  made ");
            assertThat(text.lines())
                    .anyMatch(line -> line.matches(" +process +" + program.pid() + " +MainProcess, since .*"))
                    .anyMatch(line -> line.matches(
                            " +process +" + child + " +worker, daemon, since .*, started by " + program.pid()))
                    .anyMatch(line -> line.matches(" +objects +3 +IntValue, .*"))
                    .anyMatch(line -> line.matches(" +objects +1 +RLock, 24 B"))
                    .anyMatch(line -> line.matches(" +objects +1 +LongArray, 800 kB"))
                    .anyMatch(line -> line.matches(" +named +total: LongValue"));
            assertThat(run(new ListCommand(), "--json"))
                    .startsWith("[{\"id\":\"named-jobs\",\"name\":\"jobs\",\"created\":\"")
                    .contains("{\"pid\":" + child + ",\"name\":\"worker\",\"daemon\":true,\"parent\":" + program.pid())
                    .contains("{\"kind\":\"IntValue\",\"number\":3,\"bytes\":")
                    .endsWith("\"named\":{\"total\":\"LongValue\"}}]\n");
        }
    }

    @Test
    void cleanRemovesWhatKilledProcessesLeft_andNothingElse() throws Exception {
        try (var program = sharer()) {
            long child = Long.parseLong(program.awaitLine("child "));
            assertThat(run(new CleanCommand())).isEqualTo("nothing to remove\n");
            // The child first: it would tidy up if it were to see its parent's end.
            ProcessHandle.of(child).orElseThrow().destroyForcibly();
            program.kill();
            Await.death(child);
            assertThat(run(new ListCommand())).isEqualTo("no living contexts\n");
            assertThat(run(new CleanCommand()))
                    .matches("removed " + folder.resolve("contexts/named-jobs") + ", 1\\.\\d+ MB\n");
            assertThat(folder.resolve("contexts")).isEmptyDirectory();
        }
    }

    @Test
    void blocksOfSharedMemoryAreShown_andGoWithWhatKilledProcessesLeft() throws Exception {
        Path contexts = Files.createTempDirectory(Path.of("/dev/shm"), "multiprocessing-test-");
        System.setProperty(FOLDER, contexts.toString());
        String name = contexts.getFileName() + "-block";
        try (var program =
                new JavaProgram.Launch().options("-Dmultiprocessing.aot=off").start(MakesABlock.class, name)) {
            program.awaitLine("made");
            assertThat(run(new ListCommand()).lines())
                    .anyMatch(line -> line.matches(" +memory +" + name + ", 10\\.0 kB"));
            assertThat(run(new ListCommand(), "--json")).contains("\"memory\":{\"" + name + "\":10000}");
            assertThat(run(new CleanCommand())).isEqualTo("nothing to remove\n");
            program.kill();
            assertThat(contexts.resolveSibling(name)).exists();
            assertThat(run(new CleanCommand())).startsWith("removed ");
            assertThat(contexts.resolveSibling(name)).doesNotExist();
        }
        Files.delete(contexts);
    }

    static final class MakesABlock {
        public static void main(String[] args) throws Exception {
            Multiprocessing.open().sharedMemory(args[0], 10_000);
            System.out.println("made");
            Thread.sleep(Duration.ofDays(1));
        }
    }

    /** Without a cache of classes: the program that trains it opens contexts as well. */
    private static JavaProgram sharer() {
        return new JavaProgram.Launch().options("-Dmultiprocessing.aot=off").start(Sharer.class);
    }

    private static String run(Object command, String... arguments) {
        var out = new StringWriter();
        assertThat(new CommandLine(command).setOut(new PrintWriter(out)).execute(arguments))
                .isZero();
        return out.toString();
    }

    static final class Sharer {
        public static void main(String[] args) throws Exception {
            var mp = Multiprocessing.open("local:jobs");
            for (int i = 0; i < 3; i++) {
                mp.intValue(i);
            }
            mp.rlock();
            mp.longArray(100_000);
            mp.named("total").longValue(0);
            var begun = mp.raw().booleanValue(false);
            var child = mp.process(() -> {
                        begun.set(true);
                        Thread.sleep(Duration.ofDays(1));
                    })
                    .name("worker")
                    .daemon()
                    .start();
            Await.until("the child works", begun::get);
            System.out.println("child " + child.pid().orElseThrow());
            Thread.sleep(Duration.ofDays(1));
        }
    }
}
