package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.FileLock;
import io.multiprocessing.Process;
import io.multiprocessing.testkit.jvm.Await;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests that have a {@link FileLock}, which others than their thread may hold. */
abstract class FileLockSuite extends SynchronizationContract {
    @TempDir
    Path folder;

    Path path;
    FileLock lock;

    @BeforeEach
    void makeLock() {
        path = folder.resolve("lock");
        lock = FileLock.of(path);
    }

    static boolean tryInAnotherThread(FileLock lock) throws Exception {
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

    /** A process that holds the lock until it is killed. */
    Process holder(FileLock lock) throws Exception {
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

    static void end(Process holder) throws InterruptedException {
        holder.kill();
        ProcessSuite.join(holder);
    }
}
