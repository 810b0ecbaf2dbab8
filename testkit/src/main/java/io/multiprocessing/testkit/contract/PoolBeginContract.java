package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.multiprocessing.BrokenPoolException;
import io.multiprocessing.Event;
import io.multiprocessing.IntValue;
import io.multiprocessing.Pool;
import io.multiprocessing.PoolOptions;
import io.multiprocessing.PoolResults;
import io.multiprocessing.testkit.jvm.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How the workers of a pool begin, and what becomes of a pool whose workers can't, in every context. */
@SuppressWarnings("FutureReturnValueIgnored") // where it is about the call
public abstract class PoolBeginContract extends ProcessSuite {
    private static final PoolOptions ONE = PoolOptions.defaults().size(1);
    private static final PoolOptions TWO = PoolOptions.defaults().size(2);

    @Test
    void anInitializerThatAlwaysFails_endsThePool() throws Exception {
        Pool pool = mp.pool(TWO.restartLimit(2, Duration.ofMinutes(5)).initializer(() -> {
            throw new IOException("no licence");
        }));
        assertThat(givenUp(pool))
                .hasMessageContaining("3 workers ended before they were ready")
                .hasRootCauseInstanceOf(IOException.class)
                .hasRootCauseMessage("no licence");
        assertThatThrownBy(() -> pool.submit(() -> 1)).isInstanceOf(BrokenPoolException.class);
        assertThat(pool.join(Await.LIMIT)).isTrue();
        pool.close();
    }

    @Test
    void anInitializerThatFailsOnce_doesNotMatter() throws Exception {
        onlyWithJvms();
        IntValue tries = mp.intValue(0);
        try (Pool pool = mp.pool(ONE.initializer(() -> {
            if (tries.add(1) == 1) {
                System.exit(1);
            }
        }))) {
            assertThat(pool.apply(() -> 1)).isEqualTo(1);
        }
        assertThat(tries.get()).isEqualTo(2);
    }

    @Test
    void aWorkerThatCanNotBegin_isReplacedInVain_andThatIsSaid() throws Exception {
        onlyWithJvms();
        try (Pool pool = mp.pool(ONE.restartLimit(1, Duration.ofMinutes(5)).jvmOptions("-XX:+NoSuchOption"))) {
            assertThat(givenUp(pool))
                    .hasMessageContaining("2 workers ended before they were ready")
                    .rootCause()
                    .hasMessageContaining("ended with exit code 1 before it was ready");
        }
    }

    @Test
    void allThatWait_areToldThatThePoolHasGivenUp() throws Exception {
        Event mayFail = mp.event();
        Pool pool = mp.pool(ONE.restartLimit(0, Duration.ofMinutes(5)).initializer(() -> {
            mayFail.await();
            throw new IOException("no licence");
        }));
        CompletableFuture<Integer> first = pool.submit(() -> 1);
        CompletableFuture<List<Integer>> second = pool.mapAsync(n -> n, List.of(1, 2, 3), 1);
        PoolResults<Integer> third = pool.imap(n -> n, List.of(1, 2, 3));
        mayFail.set();
        List<Throwable> failures = new ArrayList<>();
        failures.add(first.handle((result, failure) -> failure).get(60, TimeUnit.SECONDS));
        failures.add(second.handle((result, failure) -> failure).get(60, TimeUnit.SECONDS));
        assertThatThrownBy(() -> third.next(Await.LIMIT)).satisfies(failures::add);
        assertThat(failures)
                .hasSize(3)
                .doesNotHaveDuplicates()
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOf(BrokenPoolException.class)
                        .hasRootCauseMessage("no licence"));
        pool.close();
        assertThat(pool.isTerminated()).isTrue();
    }

    @Test
    void aStateThatCanNotBeMade_endsThePool() throws Exception {
        try (Pool pool = mp.pool(ONE.restartLimit(0, Duration.ofMinutes(5)).state(() -> {
            throw new IllegalArgumentException("no state");
        }))) {
            assertThat(givenUp(pool)).hasRootCauseMessage("no state");
        }
    }

    /** What a pool that gives up tells a task: by the task's future, or at once if the task comes too late. */
    static BrokenPoolException givenUp(Pool pool) throws Exception {
        try {
            return fail("the pool did a task: %s", pool.apply(() -> 1, Await.LIMIT));
        } catch (BrokenPoolException atOnce) {
            return atOnce;
        } catch (ExecutionException waited) {
            if (waited.getCause() instanceof BrokenPoolException broken) {
                return broken;
            }
            throw waited;
        }
    }
}
