package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.FileLock;
import io.multiprocessing.Process;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may have a {@link FileLock}, and who waits for it: the threads and the processes of a context. */
public abstract class FileLockContract extends FileLockSuite {
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
}
