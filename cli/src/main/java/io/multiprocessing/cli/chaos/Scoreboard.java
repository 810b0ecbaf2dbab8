package io.multiprocessing.cli.chaos;

import io.multiprocessing.cli.chaos.Outcome.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** What the supervisor counts, beside the {@link Tally} of all. */
final class Scoreboard {
    private final Ground ground;
    private final List<Storm> storms;
    private final AtomicLongArray kills = new AtomicLongArray(Tally.MOST_STORMS);
    private final AtomicLong otherViolations = new AtomicLong();
    private final Map<String, Long> crashPoints = new TreeMap<>();
    private final List<String> leaks = Collections.synchronizedList(new ArrayList<>());

    Scoreboard(Ground ground, List<Storm> storms) {
        this.ground = ground;
        this.storms = storms;
    }

    void killed(int storm) {
        kills.incrementAndGet(storm);
    }

    void diedAt(String crashPoint) {
        synchronized (crashPoints) {
            crashPoints.merge(crashPoint, 1L, Long::sum);
        }
    }

    /** A rule of no storm in particular was broken. */
    void violation(String text) {
        otherViolations.incrementAndGet();
        ground.journal.write(text);
    }

    void leak(String text) {
        leaks.add(text);
    }

    /** Where to put down what is wrong in one storm. */
    Findings in(int storm) {
        String name = storms.get(storm).name();
        return new Findings() {
            @Override
            public void violation(String text) {
                ground.tally.violation(storm);
                ground.journal.write(name + ": " + text);
            }

            @Override
            public void leak(String text) {
                leaks.add(name + ": " + text);
            }

            @Override
            public void recovery(long nanos) {
                ground.tally.recovery(storm, nanos);
            }
        };
    }

    long kills() {
        long sum = 0;
        for (int storm = 0; storm < storms.size(); storm++) {
            sum += kills.get(storm);
        }
        return sum;
    }

    long operations() {
        long sum = 0;
        for (int storm = 0; storm < storms.size(); storm++) {
            sum += ground.tally.operations(storm);
        }
        return sum;
    }

    long violations() {
        long sum = otherViolations.get();
        for (int storm = 0; storm < storms.size(); storm++) {
            sum += ground.tally.violations(storm);
        }
        return sum;
    }

    Outcome outcome(long seed, double seconds) {
        List<Row> rows = new ArrayList<>();
        for (int storm = 0; storm < storms.size(); storm++) {
            rows.add(new Row(
                    storms.get(storm).name(),
                    ground.tally.operations(storm),
                    kills.get(storm),
                    ground.tally.takeovers(storm),
                    ground.tally.slowestMillis(storm),
                    ground.tally.medianMillis(storm),
                    ground.tally.violations(storm)));
        }
        synchronized (crashPoints) {
            return new Outcome(
                    seed,
                    seconds,
                    rows,
                    Map.copyOf(crashPoints),
                    violations(),
                    ground.journal.read(),
                    List.copyOf(leaks));
        }
    }
}
