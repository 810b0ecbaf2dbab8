package io.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PoolOptionsTest {
    @Test
    void theDefaultsAreThoseOfMost() {
        PoolOptions defaults = PoolOptions.defaults();
        assertThat(defaults.size()).isEqualTo(Multiprocessing.cpuCount()).isPositive();
        assertThat(defaults.workerName()).isEqualTo("PoolWorker");
        assertThat(defaults.startMethod()).isEqualTo(StartMethod.FORKSERVER);
        assertThat(defaults.retries()).isZero();
        assertThat(defaults.restarts()).isPositive();
        assertThat(defaults.restartPeriod()).isPositive();
        assertThat(defaults.maxTasksPerWorker()).isEmpty();
        assertThat(defaults.heapLimit()).isEmpty();
        assertThat(defaults.memoryLimit()).isEmpty();
        assertThat(defaults.softTimeLimit()).isEmpty();
        assertThat(defaults.hardTimeLimit()).isEmpty();
        assertThat(defaults.initializer()).isEmpty();
        assertThat(defaults.state()).isEmpty();
        assertThat(defaults.exitHook()).isEmpty();
        assertThat(defaults.progress()).isEmpty();
    }

    @Test
    void eachMethodLeavesTheOptionsAsTheyWere_andKeepsTheOthers() {
        PoolOptions before = PoolOptions.defaults().size(3).jvmOptions("-Da=b");
        PoolOptions after = before.workerName("smith")
                .startMethod(StartMethod.SPAWN)
                .jvmOptions("-Dc=d")
                .maxTasksPerWorker(7)
                .retries(2)
                .heapLimit(64 << 20)
                .memoryLimit(512L << 20)
                .restartLimit(1, Duration.ofSeconds(2))
                .softTimeLimit(Duration.ofSeconds(3))
                .hardTimeLimit(Duration.ofSeconds(4))
                .initializer(() -> {})
                .state(() -> 1)
                .exitHook(() -> {})
                .progress(progress -> {});
        assertThat(after.size()).isEqualTo(3);
        assertThat(after.workerName()).isEqualTo("smith");
        assertThat(after.startMethod()).isEqualTo(StartMethod.SPAWN);
        assertThat(after.jvmOptions()).containsExactly("-Da=b", "-Dc=d");
        assertThat(after.maxTasksPerWorker()).hasValue(7);
        assertThat(after.retries()).isEqualTo(2);
        assertThat(after.heapLimit()).isEqualTo(OptionalLong.of(64 << 20));
        assertThat(after.memoryLimit()).isEqualTo(OptionalLong.of(512 << 20));
        assertThat(after.restarts()).isEqualTo(1);
        assertThat(after.restartPeriod()).isEqualTo(Duration.ofSeconds(2));
        assertThat(after.softTimeLimit()).hasValue(Duration.ofSeconds(3));
        assertThat(after.hardTimeLimit()).hasValue(Duration.ofSeconds(4));
        assertThat(after.initializer()).isPresent();
        assertThat(after.state()).isPresent();
        assertThat(after.exitHook()).isPresent();
        assertThat(after.progress()).isPresent();
        assertThat(before.workerName()).isEqualTo("PoolWorker");
        assertThat(before.jvmOptions()).containsExactly("-Da=b");
        assertThat(before.hardTimeLimit()).isEmpty();
    }

    @Test
    void theirTextSaysWhatWasAskedFor() {
        assertThat(PoolOptions.defaults().size(3)).hasToString("PoolOptions[size=3]");
        assertThat(PoolOptions.defaults()
                        .size(2)
                        .retries(1)
                        .hardTimeLimit(Duration.ofMinutes(1))
                        .state(() -> 1))
                .hasToString("PoolOptions[size=2, retries=1, hardTimeLimit=PT1M, state]");
    }

    @Test
    void progressSaysHowFastItIs_andHowLongItStillTakes() {
        var half = new PoolProgress(1, "map (f)", 50, 2, OptionalLong.of(100), Duration.ofSeconds(5), false);
        assertThat(half.perSecond()).isEqualTo(10);
        assertThat(half.remaining()).hasValue(Duration.ofSeconds(5));
        assertThat(half).hasToString("map (f): 50 of 100, 2 failed, 10/s, 5.0 s left");
        var endless = new PoolProgress(2, "imap (f)", 50, 0, OptionalLong.empty(), Duration.ofSeconds(5), true);
        assertThat(endless.remaining()).isEmpty();
        assertThat(endless).hasToString("imap (f): 50, 10/s, ended after 5.0 s");
    }

    @Test
    void limitsOutOfRangeSayWhatWouldDo() {
        assertThatThrownBy(() -> PoolOptions.defaults().size(0)).hasMessage("a pool's size must be at least 1, not 0");
        assertThatThrownBy(() -> PoolOptions.defaults().hardTimeLimit(Duration.ZERO))
                .hasMessage("a limit of time must be positive, not PT0S");
        assertThatThrownBy(() -> PoolOptions.defaults().restartLimit(0, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @SuppressWarnings("NullAway") // that is the question
    void nothingIsNoTaskAndNoListener() {
        PoolOptions options = PoolOptions.defaults();
        assertThatNullPointerException().isThrownBy(() -> options.initializer(null));
        assertThatNullPointerException().isThrownBy(() -> options.state(null));
        assertThatNullPointerException().isThrownBy(() -> options.exitHook(null));
        assertThatNullPointerException().isThrownBy(() -> options.progress(null));
    }
}
