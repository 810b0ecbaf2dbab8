package io.multiprocessing.benchmarks.harness;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What the rounds of a row have given.
 *
 * @param oursByRound our numbers, at least one
 * @param peerName who was measured beside us; null if nobody was
 * @param peerByRound the peer's numbers; empty if there was no peer, or it never ends
 */
public record Result(
        String name,
        String unit,
        boolean isMoreBetter,
        List<Double> oursByRound,
        @Nullable String peerName,
        List<Double> peerByRound) {
    private static final MathContext JSON_DIGITS = new MathContext(6);

    public Result {
        oursByRound = List.copyOf(oursByRound);
        peerByRound = List.copyOf(peerByRound);
        if (oursByRound.isEmpty()) {
            throw new IllegalArgumentException("no round of " + name + " was measured");
        }
    }

    /** The median of our rounds. */
    public double ours() {
        return median(oursByRound);
    }

    /** The worst of our rounds. */
    public double oursWorst() {
        DoubleSummaryStatistics rounds =
                oursByRound.stream().mapToDouble(Double::doubleValue).summaryStatistics();
        return isMoreBetter ? rounds.getMin() : rounds.getMax();
    }

    /** The median of the peer's rounds; empty if there was no peer, or it never ends. */
    public OptionalDouble peer() {
        return peerByRound.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(median(peerByRound));
    }

    /** Whether there was a peer and it has shown that it never ends. */
    public boolean peerNeverEnds() {
        return peerName != null && peerByRound.isEmpty();
    }

    /** How many times better we are; below 1 where the peer is. Empty as {@link #peer()} is. */
    public OptionalDouble ratio() {
        OptionalDouble peer = peer();
        return peer.isEmpty()
                ? peer
                : OptionalDouble.of(isMoreBetter ? ours() / peer.getAsDouble() : peer.getAsDouble() / ours());
    }

    /** One line: an object of {@code name, unit, ours, peer, peerName, ratio}. */
    public String toJson() {
        return "{\"name\":" + quoted(name)
                + ",\"unit\":" + quoted(unit)
                + ",\"ours\":" + number(OptionalDouble.of(ours()))
                + ",\"peer\":" + number(peer())
                + ",\"peerName\":" + (peerName == null ? "null" : quoted(peerName))
                + ",\"ratio\":" + number(ratio())
                + "}";
    }

    private static String number(OptionalDouble number) {
        return number.isEmpty()
                ? "null"
                : BigDecimal.valueOf(number.getAsDouble())
                        .round(JSON_DIGITS)
                        .stripTrailingZeros()
                        .toPlainString();
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    static double median(List<Double> numbers) {
        List<Double> sorted = numbers.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
