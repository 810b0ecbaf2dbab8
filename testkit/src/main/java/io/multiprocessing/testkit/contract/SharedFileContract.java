package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Process;
import io.multiprocessing.SharedFile;
import io.multiprocessing.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of {@link SharedFile}. */
public abstract class SharedFileContract extends SynchronizationContract {
    @TempDir
    Path folder;

    private Path path;
    private SharedFile file;

    @BeforeEach
    void makeFile() {
        path = folder.resolve("file");
        file = mp.sharedFile(path);
    }

    @Test
    void isEmpty_whenItWasNotThere() throws Exception {
        assertThat(file.read()).isEmpty();
        assertThat(file.lines()).isEmpty();
    }

    @Test
    void appendAddsWholeLinesAndAnyBytes() throws Exception {
        file.append("one");
        file.append("");
        file.appendAll(List.of("zwei", "три"));
        assertThat(file.lines()).containsExactly("one", "", "zwei", "три");
        assertThat(path).hasContent("one\n\nzwei\nтри\n");
        file.append(new byte[] {0, -1, 10});
        file.append(new byte[0]);
        assertThat(file.read()).endsWith(0, -1, 10);
        assertThat(mp.sharedFile(path).read()).isEqualTo(Files.readAllBytes(path));
    }

    @Test
    void appendLeavesWhatIsNoLineAsItIs() throws Exception {
        Files.writeString(path, "no end of line");
        file.append("next");
        assertThat(file.readText()).isEqualTo("no end of linenext\n");
    }

    @Test
    void aLineWithALineFeedIsRefused() throws Exception {
        assertThatThrownBy(() -> file.appendAll(List.of("good", "b\nad")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line feed");
        assertThat(file.read()).isEmpty();
    }

    @Test
    void recordsOfSeveralProcessesAreWhole() throws Exception {
        SharedFile shared = file;
        run(3, n -> () -> {
            for (int i = 0; i < 100; i++) {
                shared.append(Character.toString('a' + n).repeat(1 + (i * 211) % 9_000) + ":" + i);
            }
        });
        List<String> lines = file.lines();
        assertThat(lines).hasSize(300);
        int[] next = new int[3];
        for (String line : lines) {
            int n = line.charAt(0) - 'a';
            int i = next[n]++;
            assertThat(line).isEqualTo(Character.toString('a' + n).repeat(1 + (i * 211) % 9_000) + ":" + i);
        }
    }

    @Test
    void updatesOfSeveralProcessesAreNotLost() throws Exception {
        SharedFile shared = file;
        file.replaceText("0");
        run(3, n -> () -> {
            for (int i = 0; i < 50; i++) {
                shared.updateText(text -> Integer.toString(Integer.parseInt(text) + 1));
            }
        });
        assertThat(file.readText()).isEqualTo("150");
        assertThat(entries()).containsExactlyInAnyOrder("file", ".file.mark");
    }

    @Test
    void readersSeeOldOrNew_neverHalf() throws Exception {
        SharedFile shared = file;
        var over = mp.event();
        file.replaceText("0".repeat(100_000));
        Process writer = mp.process(() -> {
                    for (int i = 1; !over.isSet(); i++) {
                        shared.replaceText(Integer.toString(i % 10).repeat(100_000 - i % 10));
                        shared.append(Integer.toString(i % 10).repeat(i % 10).getBytes(StandardCharsets.UTF_8));
                    }
                })
                .start();
        for (int i = 0; i < 50; i++) {
            String seen = file.readText();
            assertThat(seen.chars().distinct().count()).isEqualTo(1);
            int digit = seen.charAt(0) - '0';
            assertThat(seen.length()).isIn(100_000, 100_000 - digit);
        }
        over.set();
        ProcessSuite.join(writer);
        assertThat(writer.exitCode()).hasValue(0);
        assertThat(file.read()).hasSize(100_000);
    }

    @Test
    void replaceKeepsPermissions_andFollowsALink() throws Exception {
        Files.writeString(path, "old");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-x---"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), path);
        mp.sharedFile(link).replaceText("new");
        assertThat(path).hasContent("new");
        assertThat(link).isSymbolicLink();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-r-x---");
    }

    @Test
    void updateGivesTheNewContent_andWritesNothingIfItIsTheSame() throws Exception {
        file.replaceText("abc");
        assertThat(file.updateText(text -> text.toUpperCase(Locale.ROOT))).isEqualTo("ABC");
        Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        assertThat(file.update(bytes -> bytes)).isEqualTo(new byte[] {'A', 'B', 'C'});
        assertThat(Files.readAttributes(path, BasicFileAttributes.class).fileKey())
                .isEqualTo(key);
        assertThat(file.update(bytes -> {
                    bytes[0] = 'x';
                    return bytes;
                }))
                .isEqualTo(new byte[] {'x', 'B', 'C'});
        assertThat(path).hasContent("xBC");
    }

    @Test
    void contentStays_whenAChangeThrows() throws Exception {
        file.replaceText("abc");
        assertThatThrownBy(() -> file.updateText(text -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThatThrownBy(() -> file.update(bytes -> null)).isInstanceOf(NullPointerException.class);
        assertThat(file.readText()).isEqualTo("abc");
        assertThat(file.lock().isHeldByCurrentThread()).isFalse();
    }

    @Test
    void whoHoldsTheLockDoesSeveralThingsAlone() throws Exception {
        SharedFile shared = file;
        var acquired = mp.intValue(-1);
        try (var _ = file.lock().hold()) {
            file.append("one");
            file.replaceText("two\n");
            file.append("three");
            Process other = mp.process(() -> acquired.set(shared.lock().tryAcquire() ? 1 : 0))
                    .start();
            ProcessSuite.join(other);
            assertThat(acquired.get())
                    .as("held also after the file was replaced")
                    .isZero();
            assertThat(file.lines()).containsExactly("two", "three");
            assertThat(file.lock().isLost()).isFalse();
        }
        Process other = mp.process(() -> shared.append("four")).start();
        ProcessSuite.join(other);
        assertThat(file.lines()).containsExactly("two", "three", "four");
    }

    @Test
    void whoWaitedGetsTheNewFile_whenItWasReplaced() throws Exception {
        SharedFile shared = file;
        file.lock().acquire();
        file.append("old");
        var begun = mp.event();
        Process other = mp.process(() -> {
                    begun.set();
                    shared.append("appended");
                })
                .start();
        begun.await();
        Thread.sleep(20); // the test holds whether or not it waits by now
        file.replaceText("new\n");
        file.lock().release();
        ProcessSuite.join(other);
        assertThat(file.lines()).containsExactly("new", "appended");
    }

    @Test
    void appendIsInterruptible() throws Exception {
        try (var _ = file.lock().hold()) {
            assertInterruptible(Threads.Kind.PLATFORM, () -> file.append("never"));
            assertInterruptible(Threads.Kind.VIRTUAL, () -> file.readText());
        }
        assertThat(file.lines()).isEmpty();
        file.append("line");
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> file.append("never")).isInstanceOf(InterruptedException.class);
        assertThat(file.lines()).containsExactly("line");
    }

    @Test
    void goesOn_whenSomebodyRemovesOrReplacesTheFile() throws Exception {
        file.append("one");
        Files.delete(path);
        file.append("two");
        assertThat(file.lines()).containsExactly("two");
        Files.writeString(folder.resolve("other"), "three\n");
        Files.move(folder.resolve("other"), path, StandardCopyOption.REPLACE_EXISTING);
        file.append("four");
        assertThat(file.lines()).containsExactly("three", "four");
        file.force();
    }

    @Test
    void foldersAreRefused() {
        assertThatThrownBy(() -> mp.sharedFile(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(folder.toString());
        SharedFile nowhere = mp.sharedFile(folder.resolve("nowhere").resolve("file"));
        assertThatThrownBy(() -> nowhere.append("line"))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("its folder is not there");
        assertThatThrownBy(nowhere::read).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void appendIsRefused_whenTheMarkIsAForeignFile() throws Exception {
        Files.writeString(folder.resolve(".file.mark"), "x".repeat(100));
        assertThatThrownBy(() -> file.append("line"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("should be the mark");
        assertThat(path).isEmptyFile();
    }

    @Test
    void outlivesTheContext() throws Exception {
        mp.close();
        file.append("line");
        assertThat(file.lines()).containsExactly("line");
        assertThat(file.toString()).contains(path.toString());
        assertThat(file).isEqualTo(SharedFile.of(path)).hasSameHashCodeAs(SharedFile.of(path));
    }

    private List<String> entries() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }

    private void run(int processes, IntFunction<Task> task) throws Exception {
        List<Process> workers = new ArrayList<>();
        for (int n = 0; n < processes; n++) {
            workers.add(mp.process(task.apply(n)).start());
        }
        for (Process worker : workers) {
            ProcessSuite.join(worker);
        }
        assertThat(workers).allSatisfy(worker -> assertThat(worker.exitCode()).hasValue(0));
    }
}
