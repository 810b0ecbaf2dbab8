package io.multiprocessing.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.FileLock;
import io.multiprocessing.FileLockException;
import io.multiprocessing.SharedFile;
import io.multiprocessing.testkit.jvm.JavaProgram;
import io.multiprocessing.testkit.jvm.SmallDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that is full or read-only is told of, and nothing is lost. The disk is a small file system in memory, or, where
 * mounting is not allowed, a limit to the size of files.
 */
class SharedFileOnBadDiskTest {
    @TempDir
    Path folder;

    @Test
    void appendFails_andWhatWasThereStays_whenTheDiskIsFull() throws Exception {
        try (var _ = SmallDisk.mount(folder, "1m")) {
            assertFillsUp(JavaProgram.start(FillsUp.class, folder.toString()));
        }
    }

    @Test
    void appendFails_andWhatWasThereStays_whenTheFileMayNotGrow() throws Exception {
        // A limit is inherited, so a shell that has it starts the JVM. Its unit is 1024 bytes.
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ProcessBuilder(
                "bash",
                "-c",
                "ulimit -f 512; exec \"$@\"",
                "bash",
                java,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                FillsUp.class.getName(),
                folder.toString());
        Process process = command.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("all was well");
    }

    @Test
    void onlyReadingWorks_whenTheDiskIsReadOnly() throws Exception {
        try (var disk = SmallDisk.mount(folder, "1m")) {
            runJava(Writes.class, folder);
            disk.makeReadOnly();
            assertFillsUp(JavaProgram.start(OnlyReads.class, folder.toString()));
        }
    }

    private static void assertFillsUp(JavaProgram program) throws InterruptedException {
        try (program) {
            JavaProgram.Ended ended = program.end();
            assertThat(ended.exitCode()).as(ended.output() + ended.errors()).isZero();
            assertThat(ended.output()).contains("all was well");
        }
    }

    private static void runJava(Class<?> main, Path folder) throws InterruptedException {
        JavaProgram.Ended ended = JavaProgram.run(main, folder.toString());
        assertThat(ended.exitCode()).as(ended.errors()).isZero();
    }

    /** Appends until it fails, and looks what is left. */
    static final class FillsUp {
        public static void main(String[] args) throws Exception {
            SharedFile file = SharedFile.of(Path.of(args[0], "file"));
            byte[] bytes = new byte[50_001];
            int records = 0;
            String failure = "";
            while (failure.isEmpty()) {
                try {
                    file.append(bytes);
                    records++;
                } catch (IOException refused) {
                    failure = refused.getMessage();
                }
            }
            assertThat(failure).contains("a record of 50001 bytes can't be appended", "nothing was appended", "file");
            assertThat(records).isPositive();
            assertThat(file.read()).hasSize(records * bytes.length);
            try {
                file.replace(new byte[2_000_000]);
                throw new AssertionError("there was room");
            } catch (IOException refused) {
                assertThat(refused).hasMessageContaining("the old one is still there");
            }
            assertThat(file.read()).hasSize(records * bytes.length);
            assertThat(Path.of(args[0], ".file.new")).doesNotExist();
            file.append(new byte[1]);
            assertThat(file.read()).hasSize(records * bytes.length + 1);
            System.out.println("all was well");
        }
    }

    /** Leaves a file. */
    static final class Writes {
        public static void main(String[] args) throws Exception {
            SharedFile.of(Path.of(args[0], "file")).append("line");
        }
    }

    /** Reads, and is refused all else. */
    static final class OnlyReads {
        public static void main(String[] args) throws Exception {
            Path path = Path.of(args[0], "file");
            SharedFile file = SharedFile.of(path);
            assertThat(file.lines()).containsExactly("line");
            try {
                file.append("next");
                throw new AssertionError("it could be written");
            } catch (IOException refused) {
                assertThat(refused).hasMessageContaining("its file system is read-only");
            }
            try {
                FileLock.of(path).acquire();
                throw new AssertionError("it could be locked exclusively");
            } catch (FileLockException refused) {
                assertThat(refused).hasMessageContaining("its file system is read-only");
            }
            FileLock.of(path).shared().hold().close();
            assertThat(file.lines()).containsExactly("line");
            System.out.println("all was well");
        }
    }
}
