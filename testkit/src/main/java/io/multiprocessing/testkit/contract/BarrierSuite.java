package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Barrier;
import io.multiprocessing.testkit.jvm.Await;
import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;

/** Tests that have barriers, and know when somebody waits at them. */
abstract class BarrierSuite extends SynchronizationContract {
    static void assertBreaksAfter(Threads.Work waiting, Duration timeout) {
        long begin = System.nanoTime();
        assertThatThrownBy(waiting::run).isInstanceOf(BrokenBarrierException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(timeout);
    }

    static void awaitWaiting(Barrier barrier, int count) throws Exception {
        Await.until(count + " wait", () -> barrier.waiting() == count);
    }
}
