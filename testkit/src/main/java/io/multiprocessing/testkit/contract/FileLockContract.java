package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.FileLock;
import io.multiprocessing.FileLockException;
import io.multiprocessing.Process;
import io.multiprocessing.testkit.jvm.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of {@link FileLock}, between threads and between the processes of a context. */
public abstract class FileLockContract extends SynchronizationContract {
    @TempDir
    Path folder;

    private Path path;
    private FileLock lock;

    @BeforeEach
    void makeLock() {
        path = folder.resolve("lock");
        lock = FileLock.of(path);
    }

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
    void isRecursiveInAThread() throws Exception {
        assertThat(lock.acquire(NONE)).isTrue();
        assertThat(lock.tryAcquire()).isTrue();
        FileLock.of(path).acquire();
        lock.release();
        lock.release();
        assertThat(lock.isHeldByCurrentThread()).isTrue();
        assertThat(tryInAnotherThread(lock)).isFalse();
        lock.release();
        assertThat(lock.isHeldByCurrentThread()).isFalse();
        assertThat(tryInAnotherThread(lock)).isTrue();
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
    void acquireTimesOut_whenAnotherThreadHoldsIt() throws Exception {
        try (Threads threads = Threads.Kind.PLATFORM.open()) {
            try (var _ = lock.hold()) {
                threads.run(() -> {
                            assertThat(lock.tryAcquire()).isFalse();
                            assertThat(lock.tryLock()).isFalse();
                            assertThat(lock.shared().tryAcquire()).isFalse();
                            assertTimesOut(() -> lock.acquire(SHORT), SHORT);
                            assertTimesOut(() -> lock.tryLock(60, TimeUnit.MILLISECONDS), SHORT);
                            assertTimesOut(() -> lock.shared().acquire(SHORT), SHORT);
                        })
                        .get();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    @SuppressWarnings("LockNotBeforeTry")
    void acquireWaitsForRelease(Threads.Kind kind) throws Exception {
        try (Threads threads = kind.open()) {
            lock.lock();
            Threads.Running<Void> first =
                    startAndLetWait(threads, () -> lock.hold().close());
            Threads.Running<Void> second = startAndLetWait(threads, () -> {
                assertThat(lock.acquire(ENDLESS)).isTrue();
                lock.unlock();
            });
            assertThat(first.isDone() || second.isDone()).isFalse();
            lock.unlock();
            first.get();
            second.get();
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void acquireIsInterruptible_whenAnotherThreadHoldsIt(Threads.Kind kind) throws Exception {
        lock.acquire();
        assertInterruptible(kind, lock::acquire);
        assertInterruptible(kind, () -> lock.acquire(ENDLESS));
        assertInterruptible(kind, lock::lockInterruptibly);
        assertInterruptible(kind, () -> lock.shared().acquire());
        lock.release();
        assertThat(tryInAnotherThread(lock)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void acquireIsInterruptible_whenAnotherProcessHoldsIt(Threads.Kind kind) throws Exception {
        Process holder = holder(lock);
        assertInterruptible(kind, lock::acquire);
        assertInterruptible(kind, () -> lock.shared().acquire());
        end(holder);
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    @SuppressWarnings("LockNotBeforeTry")
    void lockKeepsAnInterruptForLater(Threads.Kind kind) throws Exception {
        Process holder = holder(lock);
        try (Threads threads = kind.open()) {
            Threads.Running<Boolean> waiter = threads.start(() -> {
                Thread.currentThread().interrupt();
                lock.lock();
                lock.unlock();
                return Thread.interrupted();
            });
            assertThat(waiter.isDone()).isFalse();
            end(holder);
            assertThat(waiter.get()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.Kind.class)
    void excludesThreads(Threads.Kind kind) throws Exception {
        int[] count = {0};
        try (Threads threads = kind.open()) {
            for (int i = 0; i < 4; i++) {
                FileLock own = FileLock.of(path);
                threads.run(() -> {
                    for (int j = 0; j < 1_000; j++) {
                        try (var _ = own.hold()) {
                            count[0]++;
                        }
                    }
                });
            }
            threads.join();
        }
        assertThat(count[0]).isEqualTo(4_000);
    }

    @Test
    void manyVirtualThreadsTakeTurns() throws Exception {
        int[] count = {0};
        try (Threads threads = Threads.Kind.VIRTUAL.open()) {
            lock.acquire();
            assertDoesNotPin(threads, () -> {
                try (var _ = lock.hold()) {
                    count[0]++;
                }
            });
            lock.release();
            threads.join();
        }
        assertThat(count[0]).isEqualTo(MANY);
    }

    @Test
    void waitingForAnotherProcessDoesNotPin() throws Exception {
        Process holder = holder(lock);
        try (Threads threads = Threads.Kind.VIRTUAL.open()) {
            assertDoesNotPin(threads, () -> lock.shared().hold().close());
            end(holder);
            threads.join();
        }
    }

    @Test
    void excludesProcesses() throws Exception {
        Path number = Files.writeString(folder.resolve("number"), "0");
        String at = number.toString();
        FileLock captured = lock;
        List<Process> workers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            workers.add(mp.process(() -> {
                        for (int j = 0; j < 200; j++) {
                            try (var _ = captured.hold()) {
                                int old = Integer.parseInt(Files.readString(Path.of(at)));
                                Files.writeString(Path.of(at), Integer.toString(old + 1));
                            }
                        }
                    })
                    .start());
        }
        for (Process worker : workers) {
            ProcessSuite.join(worker);
            assertThat(worker.exitCode()).hasValue(0);
        }
        assertThat(number).hasContent("600");
    }

    @Test
    void isGivenBack_whenItsHolderIsKilled() throws Exception {
        Process holder = holder(lock);
        assertThat(lock.tryAcquire()).isFalse();
        assertTimesOut(() -> lock.acquire(SHORT), SHORT);
        try (Threads threads = Threads.Kind.PLATFORM.open()) {
            Threads.Running<Void> waiter =
                    startAndLetWait(threads, () -> lock.hold().close());
            assertThat(waiter.isDone()).isFalse();
            holder.kill();
            waiter.get();
        }
    }

    @Test
    void manyHoldItShared_alsoInOtherProcesses() throws Exception {
        FileLock shared = lock.shared();
        Process holder = holder(shared);
        try (var _ = shared.hold()) {
            assertThat(tryInAnotherThread(shared)).isTrue();
            assertThat(tryInAnotherThread(lock)).isFalse();
            assertThat(shared.isHeldByCurrentThread()).isTrue();
            assertThat(lock.isHeldByCurrentThread()).isFalse();
            assertThat(shared.tryAcquire()).isTrue();
            shared.release();
            assertThat(shared.isHeldByCurrentThread()).isTrue();
        }
        assertThat(lock.tryAcquire()).isFalse();
        end(holder);
        lock.acquire();
        assertThat(tryInAnotherThread(shared)).isFalse();
        lock.release();
    }

    @Test
    void exclusivelyIsRefused_toWhoHoldsItShared() throws Exception {
        try (var _ = lock.shared().hold()) {
            assertThatThrownBy(lock::acquire)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("release it first");
            assertThatThrownBy(lock::tryAcquire).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(lock::release).isInstanceOf(IllegalMonitorStateException.class);
        }
        assertThat(tryInAnotherThread(lock)).isTrue();
    }

    @Test
    void sharedWithinExclusivelyStaysExclusive() throws Exception {
        lock.acquire();
        lock.shared().acquire();
        lock.release();
        assertThat(tryInAnotherThread(lock.shared())).isFalse();
        lock.shared().release();
        assertThat(tryInAnotherThread(lock)).isTrue();
    }

    @Test
    void releaseIsRefused_toWhoDoesNotHoldIt() throws Exception {
        assertThatThrownBy(lock::release).isInstanceOf(IllegalMonitorStateException.class);
        assertThatThrownBy(() -> lock.shared().unlock()).isInstanceOf(IllegalMonitorStateException.class);
        try (var _ = lock.hold();
                Threads threads = Threads.Kind.PLATFORM.open()) {
            assertThat(threads.run(lock::release).failure()).isInstanceOf(IllegalMonitorStateException.class);
        }
    }

    @Test
    void holdReleasesOnce() throws Exception {
        FileLock.Hold held = lock.hold();
        held.close();
        held.close();
        assertThat(lock.isHeldByCurrentThread()).isFalse();
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

    @Test
    void hasNoConditions() {
        assertThatThrownBy(lock::newCondition).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void toStringTellsThePathAndTheState() throws Exception {
        assertThat(lock.toString()).contains(path.toString(), "not held by this process");
        try (var _ = lock.hold()) {
            assertThat(lock.toString()).contains("held by this process").doesNotContain("not held");
        }
        try (var _ = lock.shared().hold()) {
            assertThat(lock.shared().toString()).contains("held shared by this process");
        }
    }

    /** Among threads of one JVM it is the path that is locked, whatever has become of the file. */
    protected boolean isEachProcessAJvm() {
        return true;
    }

    private static boolean tryInAnotherThread(FileLock lock) throws Exception {
        try (Threads threads = Threads.Kind.PLATFORM.open()) {
            return threads.start(() -> {
                        boolean acquired = lock.tryAcquire();
                        if (acquired) {
                            lock.release();
                        }
                        return acquired;
                    })
                    .get();
        }
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

    /** A process that holds the lock until it is killed. */
    private Process holder(FileLock lock) throws Exception {
        var held = mp.event();
        Process process = mp.process(() -> {
                    try (var _ =
                            lock.hold()) { // a thread that is killed gives it back so, a process does not come to it
                        held.set();
                        Thread.sleep(Duration.ofMinutes(10));
                    }
                })
                .daemon()
                .start();
        assertThat(held.await(Await.LIMIT)).isTrue();
        return process;
    }

    private static void end(Process holder) throws InterruptedException {
        holder.kill();
        ProcessSuite.join(holder);
    }
}
