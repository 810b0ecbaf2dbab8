package io.multiprocessing.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final Effort THREE_ROUNDS =
            new Effort(3, Duration.ZERO, Duration.ZERO, 100, Duration.ofSeconds(30), Duration.ofMinutes(1));

    private final List<String> turns = new ArrayList<>();
    private final StringWriter terminal = new StringWriter();

    @Test
    void sidesTakeTurns() throws Exception {
        var result = measure(THREE_ROUNDS, row(1.0, peer(2.0)));

        assertThat(turns).containsExactly("ours", "peer", "ours", "peer", "ours", "peer");
        assertThat(result.ratio()).hasValue(2);
        assertThat(result.peerName()).isEqualTo("another");
    }

    @Test
    void rowWithoutAPeer_standsAlone() throws Exception {
        var result = measure(THREE_ROUNDS, row(1.0, new Peer.Nobody()));

        assertThat(result.oursByRound()).hasSize(3);
        assertThat(result.peerName()).isNull();
        assertThat(result.ratio()).isEmpty();
    }

    @Test
    void rowIsMeasuredWithoutItsScript_whenThereIsNoPython() throws Exception {
        var result = measure(THREE_ROUNDS, row(1.0, new Peer.Script("missing.py", effort -> List.of())));

        assertThat(result.ours()).isEqualTo(1);
        assertThat(result.peerName()).isNull();
        assertThat(result.peerNeverEnds()).isFalse();
    }

    @Test
    void noFurtherRoundBegins_whenTheBudgetIsSpent() throws Exception {
        var spent = new Effort(1000, Duration.ZERO, Duration.ZERO, 100, Duration.ofSeconds(30), Duration.ZERO);

        measure(spent, row(1.0, peer(2.0)));

        assertThat(turns).containsExactly("ours", "peer");
    }

    @Test
    void numberThatIsNone_failsTheRow() {
        assertThatIllegalStateException()
                .isThrownBy(() -> measure(THREE_ROUNDS, row(0.0, peer(1.0))))
                .withMessageContaining("ours measured 0.0");
        assertThatIllegalStateException()
                .isThrownBy(() -> measure(THREE_ROUNDS, row(1.0, peer(Double.NaN))))
                .withMessageContaining("another measured NaN");
    }

    @Test
    void progressIsShownOnATerminal_andErasedAtTheEnd() throws Exception {
        try (var comparison =
                new Comparison(THREE_ROUNDS, null, new ProgressLine(new PrintWriter(terminal, true), true))) {
            comparison.measure(row(1.0, peer(2.0)));
        }

        assertThat(terminal.toString()).contains("row: round 3 of 3, another").endsWith("\r\033[K");
    }

    private Result measure(Effort effort, Benchmark row) throws Exception {
        try (var comparison = new Comparison(effort, null, new ProgressLine(new PrintWriter(terminal, true), false))) {
            return comparison.measure(row);
        } finally {
            assertThat(terminal.toString()).isEmpty();
        }
    }

    private Peer peer(double number) {
        return new Peer.Library("another", effort -> {
            turns.add("peer");
            return number;
        });
    }

    private Benchmark row(double ours, Peer peer) {
        return new Benchmark() {
            @Override
            public String name() {
                return "row";
            }

            @Override
            public String description() {
                return "does nothing";
            }

            @Override
            public String unit() {
                return "ns/op";
            }

            @Override
            public double ours(Effort effort) {
                turns.add("ours");
                return ours;
            }

            @Override
            public Peer peer() {
                return peer;
            }
        };
    }
}
