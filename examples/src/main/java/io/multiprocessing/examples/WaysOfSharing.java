package io.multiprocessing.examples;

import io.multiprocessing.examples.ways.Cost;
import io.multiprocessing.examples.ways.Cost.Measure;
import io.multiprocessing.examples.ways.Costs;
import io.multiprocessing.examples.ways.Way;
import io.multiprocessing.examples.ways.Ways;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Which way of sharing? Each is tried for a moment, on this machine: what a small message to another process and back takes,
 * how many messages go one way, how many bytes, and what it costs to count. {@code ./mp compare} does the same for longer
 * and draws a chart; docs/choosing.md says what each is for.
 *
 * <p>The Python idea: shared memory, queue, pipe, file, database or manager, and when.
 */
public final class WaysOfSharing {
    private static final Duration A_MOMENT = Duration.ofMillis(30);

    private WaysOfSharing() {}

    public static void main(String[] args) throws Exception {
        var costs = new Costs(A_MOMENT, A_MOMENT);
        for (Way way : Ways.ALL) {
            System.out.println(way.name() + " | " + told(costs.of(way)));
        }
    }

    private static String told(Cost cost) {
        return Arrays.stream(Measure.values())
                .filter(measure -> cost.of(measure).isPresent())
                .map(measure ->
                        measure.title() + ": " + measure.told(cost.of(measure).getAsDouble()))
                .collect(Collectors.joining(" | "));
    }
}
