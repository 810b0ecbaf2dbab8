package io.multiprocessing.benchmarks.harness;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Measures rows: a round of ours, a round of the peer's, and again, so that what else the machine does falls on both.
 * The medians are compared.
 */
public final class Comparison implements AutoCloseable {
    /** One round of a peer; empty if it never ends. */
    @FunctionalInterface
    private interface PeerRound {
        OptionalDouble measure() throws Exception;
    }

    private record Opponent(String name, PeerRound round) {}

    private final Effort effort;
    private final ProgressLine progress;
    private final @Nullable Python python;
    private final @Nullable Scripts scripts;

    /** @param python what the peers' scripts run on; null if there is none, so that they are left out */
    public Comparison(Effort effort, @Nullable Python python, ProgressLine progress) throws IOException {
        this.effort = effort;
        this.python = python;
        this.progress = progress;
        scripts = python == null ? null : new Scripts(python);
    }

    /**
     * Measures a row.
     *
     * @throws Exception whatever made a side fail
     */
    public Result measure(Benchmark benchmark) throws Exception {
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        Opponent opponent = opponent(benchmark.peer());
        boolean peerEnds = opponent != null;
        long start = System.nanoTime();
        try {
            for (int round = 1; round <= effort.rounds() && (round == 1 || isTimeLeft(start)); round++) {
                String step = benchmark.name() + ": round " + round + " of " + effort.rounds() + ", ";
                progress.show(step + "ours");
                ours.add(checked("ours", benchmark.ours(effort)));
                if (opponent != null && peerEnds) {
                    progress.show(step + opponent.name());
                    OptionalDouble number = opponent.round().measure();
                    if (number.isPresent()) {
                        theirs.add(checked(opponent.name(), number.getAsDouble()));
                    } else if (theirs.isEmpty()) {
                        peerEnds = false;
                    } else {
                        throw new IllegalStateException(opponent.name() + " ended in some rounds, never in others");
                    }
                }
            }
        } finally {
            progress.clear();
        }
        return new Result(
                benchmark.name(),
                benchmark.unit(),
                benchmark.isMoreBetter(),
                ours,
                opponent == null ? null : opponent.name(),
                theirs);
    }

    private boolean isTimeLeft(long start) {
        return Duration.ofNanos(System.nanoTime() - start).compareTo(effort.budget()) < 0;
    }

    private @Nullable Opponent opponent(Peer peer) {
        return switch (peer) {
            case Peer.Script script ->
                python == null || scripts == null
                        ? null
                        : new Opponent(python.name(), () -> scripts.round(script, effort));
            case Peer.Library(String name, Peer.Round round) ->
                new Opponent(name, () -> OptionalDouble.of(round.measure(effort)));
            case Peer.Nobody() -> null;
        };
    }

    private static double checked(String side, double number) {
        if (!Double.isFinite(number) || number <= 0) {
            throw new IllegalStateException(side + " measured " + number + ", which is no number greater than zero");
        }
        return number;
    }

    @Override
    public void close() throws IOException {
        if (scripts != null) {
            scripts.close();
        }
    }
}
