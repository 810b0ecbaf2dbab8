package io.multiprocessing.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Pool;
import io.multiprocessing.PoolOptions;
import io.multiprocessing.PoolProgress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ProgressBarsTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream target = new PrintStream(written, true, StandardCharsets.UTF_8);

    @Test
    void aBarHasWhatIsDoneAndAll_andGoesAwayAtTheEnd() {
        ProgressBars bars = ProgressBars.on(target);
        bars.accept(progress(0, 0, false));
        bars.accept(progress(250, 3, false));
        bars.accept(progress(1_000, 3, true));
        String text = written.toString(StandardCharsets.UTF_8);
        assertThat(text).contains("map", "1000/1000", "100%", "3 failed");
        assertThat(text.lines().toList().getLast()).isBlank();
    }

    @RepeatedTest(50)
    void aBarThatEndsAtOnceGoesAwayToo() {
        ProgressBars.on(target).accept(progress(1_000, 0, true));
        assertThat(written.toString(StandardCharsets.UTF_8).lines().toList().getLast())
                .isBlank();
    }

    @Test
    void aPoolDrawsItsMaps() throws Exception {
        try (var mp = Multiprocessing.open();
                Pool pool = mp.pool(PoolOptions.defaults().size(1).progress(ProgressBars.on(target)))) {
            pool.map(n -> n * n, IntStream.range(0, 100).boxed().toList(), 1);
        }
        assertThat(written.toString(StandardCharsets.UTF_8)).contains("100/100");
    }

    @Test
    void withoutATerminalNothingIsWritten() {
        PrintStream error = System.err;
        System.setErr(target);
        try {
            ProgressBars.onTerminal().accept(progress(1, 0, false));
        } finally {
            System.setErr(error);
        }
        assertThat(written.size()).isZero();
    }

    private static PoolProgress progress(long done, long failed, boolean isEnded) {
        return new PoolProgress(
                1, "map (a lambda of Program)", done, failed, OptionalLong.of(1_000), Duration.ofSeconds(1), isEnded);
    }
}
