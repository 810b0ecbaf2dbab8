package io.multiprocessing.testkit.threads;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Pool;
import io.multiprocessing.PoolOptions;
import io.multiprocessing.TimeLimitExceededException;
import io.multiprocessing.testkit.contract.PoolContract;
import io.multiprocessing.testkit.jvm.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ThreadsPoolTest extends PoolContract {
    /** What the task of a worker that was given up does at its end; in this JVM there is one for all. */
    private static final CountDownLatch HEEDED = new CountDownLatch(1);

    @Override
    protected String uri() {
        return "threads:";
    }

    /** By which a task comes by its pool: in one JVM that is possible. */
    private static final AtomicReference<@Nullable Pool> OWN = new AtomicReference<>();

    @Override
    protected boolean isEachProcessAJvm() {
        return false;
    }

    @Test
    void aTaskThatComesByItsOwnPool_isRefused() throws Exception {
        try (Pool pool = mp.pool(1);
                Pool other = mp.pool(1)) {
            OWN.set(pool);
            assertThatThrownBy(() -> pool.apply(() -> requireNonNull(OWN.get()).apply(() -> 1)))
                    .cause()
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageContaining("the pool that it runs in");
            assertThat(other.apply(() -> requireNonNull(OWN.get()).apply(() -> 1)))
                    .isEqualTo(1);
        } finally {
            OWN.set(null);
        }
    }

    @Test
    void aPoolOfTwoHundredMaps() throws Exception {
        List<Integer> inputs = IntStream.range(0, 1_000).boxed().toList();
        try (Pool pool = mp.pool(200)) {
            assertThat(pool.map(n -> n, inputs)).isEqualTo(inputs);
            assertThat(pool.map(n -> n, inputs, 1)).isEqualTo(inputs);
        }
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
            Await.until("a task is done in time", () -> isDoneInTime(pool));
        }
    }

    /** It is so short that it is out of time only if its thread is kept from running. */
    private static boolean isDoneInTime(Pool pool) throws Exception {
        try {
            assertThat(pool.apply(() -> 2)).isEqualTo(2);
            return true;
        } catch (ExecutionException failed) {
            assertThat(failed).hasCauseInstanceOf(TimeLimitExceededException.class);
            return false;
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
