package io.multiprocessing.testkit.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Pool;
import io.multiprocessing.PoolOptions;
import io.multiprocessing.TimeLimitExceededException;
import io.multiprocessing.testkit.contract.PoolContract;
import io.multiprocessing.testkit.jvm.Await;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ThreadsPoolTest extends PoolContract {
    /** What the task of a worker that was given up does at its end; in this JVM there is one for all. */
    private static final CountDownLatch HEEDED = new CountDownLatch(1);

    @Override
    protected String uri() {
        return "threads:";
    }

    @Override
    protected boolean isEachProcessAJvm() {
        return false;
    }

    @Test
    void aTaskOutOfTimeIsGivenUp_andItsThreadInterrupted() throws Exception {
        try (Pool pool = mp.pool(PoolOptions.defaults().size(1).hardTimeLimit(Duration.ofMillis(100)))) {
            assertThatThrownBy(() -> pool.apply(() -> {
                        try {
                            Thread.sleep(Duration.ofMinutes(10));
                        } finally {
                            HEEDED.countDown();
                        }
                        return 1;
                    }))
                    .hasCauseInstanceOf(TimeLimitExceededException.class);
            Await.until("it has heeded the interrupt", () -> HEEDED.getCount() == 0);
            assertThat(pool.apply(() -> 2)).isEqualTo(2);
        }
    }

    @Test
    void whatThreadsCanNotDo_isRefused() {
        assertThatThrownBy(() -> mp.pool(PoolOptions.defaults().heapLimit(1 << 30)))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> mp.pool(PoolOptions.defaults().memoryLimit(1 << 30)))
                .isInstanceOf(UnsupportedOperationException.class);
        try (var shared = Multiprocessing.open("threads:?copy=false")) {
            assertThatThrownBy(() -> shared.pool(1))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("copies");
        }
    }
}
