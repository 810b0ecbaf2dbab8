package io.multiprocessing.examples.ways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.examples.ways.Cost.Measure;
import io.multiprocessing.examples.ways.Way.End;
import io.multiprocessing.examples.ways.Way.Ends;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CostsTest {
    private static final Costs COSTS = new Costs(Duration.ZERO, Duration.ofMillis(1));

    @ParameterizedTest
    @MethodSource("ways")
    void eachWayIsMeasured_atAllThatItIsMadeFor(Way way) throws Exception {
        Cost cost = COSTS.of(way);

        assertThat(cost.of(Measure.EXCHANGE).isPresent()).isEqualTo(way.messages() != null);
        assertThat(cost.of(Measure.SMALL).isPresent()).isEqualTo(way.messages() != null || way.writing() != null);
        assertThat(cost.of(Measure.LARGE).isPresent())
                .isEqualTo(cost.of(Measure.SMALL).isPresent());
        assertThat(cost.of(Measure.COUNTER).isPresent()).isEqualTo(way.counting() != null);
        assertThat(cost.figures().values())
                .isNotEmpty()
                .allSatisfy(number -> assertThat(number).isPositive().isFinite());
    }

    @Test
    void whoNeverAnswersIsNotWaitedFor() {
        var silent = new Way(
                "silent",
                "local:",
                (mp, folder) -> new Ends(CostsTest::deaf, () -> {
                    throw new IllegalStateException("can't be opened");
                }),
                null,
                null);

        assertThatThrownBy(() -> COSTS.of(silent)).isInstanceOf(InterruptedException.class);
    }

    private static End deaf() {
        return new End() {
            @Override
            public void send(byte[] message) {}

            @Override
            public byte[] receive() throws InterruptedException {
                new CountDownLatch(1).await();
                return new byte[0];
            }
        };
    }

    @Test
    void numbersAreTold() {
        assertThat(List.of(
                        Measure.EXCHANGE.told(20.4),
                        Measure.EXCHANGE.told(1_540),
                        Measure.COUNTER.told(12_300_000),
                        Measure.SMALL.told(950),
                        Measure.SMALL.told(1_234_000),
                        Measure.LARGE.told(3.84e9)))
                .containsExactly("20 ns", "1.5 us", "12 ms", "950 /s", "1.2 M/s", "3.8 GB/s");
    }

    static Stream<Way> ways() {
        return Ways.ALL.stream();
    }
}
