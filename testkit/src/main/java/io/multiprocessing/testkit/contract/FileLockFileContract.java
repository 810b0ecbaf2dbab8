package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.FileLock;
import io.multiprocessing.FileLockException;
import io.multiprocessing.Process;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a {@link FileLock} has to do with its file: its names, its content, and whether it is there at all. */
public abstract class FileLockFileContract extends FileLockSuite {
    @Test
    void acquireCreatesTheFile_andLeavesItsContent() throws Exception {
        assertThat(path).doesNotExist();
        lock.acquire();
        lock.release();
        assertThat(path).isEmptyFile();
        Files.writeString(path, "content");
        lock.acquire();
        lock.release();
        assertThat(path).hasContent("content");
    }

    @Test
    void allNamesOfAFileAreOneLock() throws Exception {
        Files.createFile(path);
        Path link = Files.createSymbolicLink(folder.resolve("link"), path);
        Path detour = folder.resolve("..").resolve(folder.getFileName()).resolve("lock");
        try (var _ = lock.hold()) {
            assertThat(FileLock.of(link).tryAcquire()).isTrue();
            assertThat(FileLock.of(detour).tryAcquire()).isTrue();
            assertThat(FileLock.of(link)).isEqualTo(lock).hasSameHashCodeAs(lock);
            FileLock.of(link).release();
            FileLock.of(detour).release();
            assertThat(tryInAnotherThread(FileLock.of(link))).isFalse();
        }
    }

    @Test
    void aHardLinkIsTheSameLockForOthers() throws Exception {
        Files.createFile(path);
        Path link = Files.createLink(folder.resolve("link"), path);
        try (var _ = lock.hold()) {
            assertThat(tryInAnotherThread(FileLock.of(link))).isFalse();
        }
        assertThat(tryInAnotherThread(FileLock.of(link))).isTrue();
    }

    @Test
    void releaseTells_whenTheFileWasDeletedMeanwhile() throws Exception {
        lock.acquire();
        assertThat(lock.isLost()).isFalse();
        Path file = path.toRealPath();
        Files.delete(path);
        assertThat(lock.isLost()).isTrue();
        assertThat(tryInAnotherProcess(lock)).as("the file that is there now").isEqualTo(isEachProcessAJvm());
        assertThatThrownBy(lock::release)
                .isInstanceOf(FileLockException.class)
                .hasMessageContaining("was deleted or replaced while it was held")
                .extracting(told -> ((FileLockException) told).path())
                .isEqualTo(file);
        assertThat(lock.isHeldByCurrentThread()).isFalse();
        lock.acquire();
        assertThat(lock.isLost()).isFalse();
        assertThat(tryInAnotherProcess(lock)).isFalse();
        lock.release();
    }

    @Test
    void releaseTells_whenTheFileWasReplacedMeanwhile() throws Exception {
        FileLock shared = lock.shared();
        shared.acquire();
        Path other = Files.createFile(folder.resolve("other"));
        Files.move(other, path, StandardCopyOption.REPLACE_EXISTING);
        assertThat(shared.isLost()).isTrue();
        assertThatThrownBy(shared::release).isInstanceOf(FileLockException.class);
        lock.hold().close();
    }

    @Test
    void whoWaitsGetsTheFileThatIsThere_whenTheOldOneIsDeleted() throws Exception {
        Process holder = holder(lock);
        try (Threads threads = Threads.Kind.PLATFORM.open()) {
            Threads.Running<Void> waiter =
                    startAndLetWait(threads, () -> lock.hold().close());
            assertThat(waiter.isDone()).isFalse();
            Files.delete(path);
            if (!isEachProcessAJvm()) {
                end(holder);
            }
            waiter.get();
        }
        end(holder);
    }

    @Test
    void aFolderIsRefused() {
        assertThatThrownBy(() -> FileLock.of(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(folder.toString());
    }

    @Test
    void aFolderThatComesLaterIsRefused() throws Exception {
        Files.createDirectory(path);
        assertThatThrownBy(lock::acquire).isInstanceOf(FileLockException.class).hasMessageContaining("it is a folder");
        Files.delete(path);
        lock.hold().close();
    }

    @Test
    void acquireFails_whenTheFolderIsNotThere() {
        FileLock nowhere = FileLock.of(folder.resolve("nowhere").resolve("lock"));
        assertThatThrownBy(nowhere::acquire)
                .isInstanceOf(FileLockException.class)
                .hasMessageContaining("its folder is not there");
        assertThatThrownBy(nowhere::tryAcquire).isInstanceOf(FileLockException.class);
        assertThat(nowhere.isHeldByCurrentThread()).isFalse();
    }

    @Test
    void manyLocksCanBeMadeAndHeldInTurn() throws Exception {
        List<FileLock> locks = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            FileLock each = FileLock.of(folder.resolve("lock-" + i));
            each.hold().close();
            locks.add(each);
        }
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            assertThat(files.count()).isLessThan(1_000);
        }
        assertThat(locks).doesNotHaveDuplicates();
    }

    /** Among threads of one JVM it is the path that is locked, whatever has become of the file. */
    protected boolean isEachProcessAJvm() {
        return true;
    }

    private boolean tryInAnotherProcess(FileLock lock) throws Exception {
        var acquired = mp.intValue(-1);
        Process process = mp.process(() -> {
                    boolean isAcquired = lock.tryAcquire();
                    if (isAcquired) {
                        lock.release();
                    }
                    acquired.set(isAcquired ? 1 : 0);
                })
                .start();
        ProcessSuite.join(process);
        assertThat(acquired.get()).isNotNegative();
        return acquired.get() == 1;
    }
}
