package io.multiprocessing.testkit.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.SharedFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds when a process dies at a kill point of a shared file. */
class SharedFileCrashTest extends CrashTest {
    private static final String RECORD = "0123456789".repeat(1_000);

    @TempDir
    Path folder;

    private Path path;
    private SharedFile file;

    @BeforeEach
    void makeFile() throws Exception {
        path = folder.resolve("file");
        file = mp.sharedFile(path);
        file.append("first");
    }

    @Test
    void nothingIsThere_whenWhoAppendsDiesBeforeItWrites() throws Exception {
        dieAppending("file-append-K1");
        assertThat(file.lines()).containsExactly("first");
        recovered(() -> {
            file.append("next");
            return null;
        });
        assertThat(path).hasContent("first\nnext\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4_096, 10_000})
    void aPartIsNotSeen_andCutOffByTheNext(int part) throws Exception {
        dieAppending("file-append-K1");
        // What the kernel has copied of the record, whose line feed is the 10,001st byte, when it is killed then.
        Files.writeString(path, RECORD.substring(0, part), StandardOpenOption.APPEND);
        assertThat(file.lines()).containsExactly("first");
        assertThat(SharedFile.of(path).readText()).isEqualTo("first\n");
        recovered(() -> {
            file.append("next");
            return null;
        });
        assertThat(path).hasContent("first\nnext\n");
    }

    @Test
    void updateSeesNoPart() throws Exception {
        dieAppending("file-append-K1");
        Files.writeString(path, "01234", StandardOpenOption.APPEND);
        assertThat(recovered(() -> file.updateText(text -> text + "next\n"))).isEqualTo("first\nnext\n");
        assertThat(path).hasContent("first\nnext\n");
    }

    @Test
    void theRecordIsThere_whenWhoAppendedDiesBeforeItSaysSo() throws Exception {
        dieAppending("file-append-K2");
        assertThat(file.lines()).containsExactly("first", RECORD);
        recovered(() -> {
            file.append("next");
            return null;
        });
        assertThat(file.lines()).containsExactly("first", RECORD, "next");
    }

    @Test
    void theLockComesBack_whenWhoKeepsItBetweenItsAppendsDies() throws Exception {
        var isDead = new AtomicBoolean();
        Future<Integer> appending = submit(() -> {
            int appended = 0;
            while (!isDead.get()) {
                file.append("of who lives");
                appended++;
            }
            return appended;
        });
        SharedFile shared = file;
        CrashHarness.killChildAt(mp, "file-append-K3:100", () -> {
            while (true) {
                shared.append("of the dead");
            }
        });
        isDead.set(true);
        int appended = recovered(appending);
        recovered(() -> {
            file.append("next");
            return null;
        });
        List<String> lines = file.lines();
        assertThat(lines).startsWith("first").endsWith("next");
        assertThat(Collections.frequency(lines, "of who lives")).isEqualTo(appended);
        assertThat(lines.subList(1, lines.size() - 1)).containsOnly("of who lives", "of the dead");
        assertThat(Collections.frequency(lines, "of the dead")).isGreaterThanOrEqualTo(100);
    }

    @Test
    void nothingIsCutOff_whenSomebodyHasPutAnotherFileThere() throws Exception {
        dieAppending("file-append-K1");
        Files.writeString(folder.resolve("other"), "of an editor\n");
        Files.delete(path);
        Files.move(folder.resolve("other"), path);
        file.append("next");
        assertThat(file.lines()).containsExactly("of an editor", "next");
    }

    @Test
    void nothingIsCutOff_whenSomebodyHasWrittenMore() throws Exception {
        dieAppending("file-append-K1");
        Files.writeString(path, "x".repeat(20_000), StandardOpenOption.APPEND);
        file.append("next");
        assertThat(file.readText()).hasSize("first\n".length() + 20_000 + "next\n".length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"file-replace-K1", "file-replace-K2"})
    void theOldContentIsThere_whenWhoReplacesDiesBeforeItRenames(String crashPoint) throws Exception {
        dieReplacing(crashPoint);
        assertThat(file.lines()).containsExactly("first");
        recovered(() -> {
            file.append("next");
            return null;
        });
        assertThat(file.lines()).containsExactly("first", "next");
        assertThat(entries()).containsExactlyInAnyOrder("file", ".file.mark");
    }

    @Test
    void theNewContentIsThere_whenWhoReplacedDiesBeforeItSaysSo() throws Exception {
        dieReplacing("file-replace-K3");
        assertThat(file.readText()).isEqualTo("replaced");
        recovered(() -> {
            file.replaceText("again");
            return null;
        });
        assertThat(file.readText()).isEqualTo("again");
        assertThat(entries()).containsExactlyInAnyOrder("file", ".file.mark");
    }

    private void dieAppending(String crashPoint) throws Exception {
        SharedFile shared = file;
        CrashHarness.killChildAt(mp, crashPoint, () -> shared.append(RECORD));
    }

    private void dieReplacing(String crashPoint) throws Exception {
        SharedFile shared = file;
        byte[] content = "replaced".getBytes(StandardCharsets.UTF_8);
        CrashHarness.killChildAt(mp, crashPoint, () -> shared.replace(content));
    }

    private List<String> entries() throws Exception {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }
}
