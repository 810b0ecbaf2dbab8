package io.multiprocessing.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.LongArray;
import io.multiprocessing.Multiprocessing;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A process that ends in good order keeps what it holds until it has ended: its threads run on while its hooks do. */
@ExtendWith(OwnFolder.class)
class LocalEndTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final long HOOK_MILLIS = 1500;

    @Test
    void theLockOfAProcessThatIsTerminated_isTakenOverWhenItHasEnded() throws Exception {
        try (var mp = Multiprocessing.open()) {
            var lock = mp.lock();
            var held = mp.event();
            var counter = mp.raw().longArray(1);
            var child = mp.process(() -> {
                        Runtime.getRuntime().addShutdownHook(new Thread(LocalEndTest::takeTime));
                        lock.acquire();
                        held.set();
                        countForEver(counter);
                    })
                    .daemon()
                    .start();
            assertThat(held.await(LONG)).isTrue();
            child.terminate();
            assertThat(lock.acquire(LONG)).isTrue();
            long seen = counter.get(0);
            assertThat(lock.abandonment()).isNotNull();
            Thread.sleep(100);
            assertThat(counter.get(0))
                    .as("what the lock guards, while another one holds it")
                    .isEqualTo(seen);
            lock.release();
            child.join();
            assertThat(child.exitCode()).hasValue(-15);
        }
    }

    private static void takeTime() {
        try {
            Thread.sleep(HOOK_MILLIS);
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static void countForEver(LongArray counter) {
        var memory = counter.segment();
        while (true) {
            memory.set(ValueLayout.JAVA_LONG, 0, memory.get(ValueLayout.JAVA_LONG, 0) + 1);
        }
    }
}
