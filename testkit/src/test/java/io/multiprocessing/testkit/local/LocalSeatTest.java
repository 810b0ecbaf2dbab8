package io.multiprocessing.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Task;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A child keeps its seat whatever it opens and closes: Java's file locks go when any opening of the file is closed. */
@ExtendWith(OwnFolder.class)
class LocalSeatTest {
    @Test
    void aChildIsAlive_whenItHasJoinedItsContextOnceMore_andLeftAgain() throws Exception {
        holderIsAliveAfter(() -> Multiprocessing.attach("jobs").close());
    }

    @Test
    void aChildIsAlive_whenItHasOpenedItsContextOnceMore_andClosedIt() throws Exception {
        holderIsAliveAfter(() -> Multiprocessing.open("local:jobs").close());
    }

    @Test
    void aChildIsAlive_whenItHasOpenedAnotherContext_andClosedIt() throws Exception {
        holderIsAliveAfter(() -> Multiprocessing.open().close());
    }

    private static void holderIsAliveAfter(Task openAndClose) throws Exception {
        try (var mp = Multiprocessing.open("local:jobs")) {
            var lock = mp.lock();
            var done = mp.event();
            var child = mp.process(() -> {
                        lock.acquire();
                        openAndClose.run();
                        done.set();
                        Thread.sleep(Duration.ofDays(1));
                    })
                    .daemon()
                    .jvmOptions("-Dmultiprocessing.folder=" + OwnFolder.current())
                    .start();
            assertThat(done.await(Duration.ofSeconds(30))).isTrue();
            assertThat(lock.acquire(Duration.ofMillis(200)))
                    .as("the lock of a living child is taken over")
                    .isFalse();
            child.kill();
            child.join();
            lock.acquire();
            assertThat(lock.abandonment()).isNotNull();
        }
    }
}
