package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.BrokenPoolException;
import io.multiprocessing.IntValue;
import io.multiprocessing.Pool;
import io.multiprocessing.PoolOptions;
import io.multiprocessing.testkit.jvm.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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
        CompletableFuture<Integer> future = pool.submit(() -> 1);
        assertThatThrownBy(() -> future.get(60, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(BrokenPoolException.class)
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
}
