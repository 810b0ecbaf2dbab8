package io.multiprocessing.cli.chaos;

import java.util.List;
import java.util.Map;

/**
 * What became of a storm.
 *
 * @param rows one for each kind of work
 * @param crashPoints how many victims killed themselves at which place of an algorithm
 * @param violationCount how often a rule was broken
 * @param violations the first of them
 * @param leaks what was left behind
 */
public record Outcome(
        long seed,
        double seconds,
        List<Row> rows,
        Map<String, Long> crashPoints,
        long violationCount,
        List<String> violations,
        List<String> leaks) {

    /**
     * What became of one kind of work.
     *
     * @param takeovers how often a lock was taken over from a dead process
     * @param slowestMillis the longest time from a death until others went on; 0 if nobody had to wait
     * @param medianMillis the median of these times; -1 if there are none
     */
    public record Row(
            String name,
            long operations,
            long kills,
            long takeovers,
            double slowestMillis,
            int medianMillis,
            long violations) {}

    Outcome withLeaks(List<String> all) {
        return new Outcome(seed, seconds, rows, crashPoints, violationCount, violations, all);
    }

    public boolean isGood() {
        return violationCount == 0 && leaks.isEmpty();
    }

    public long operations() {
        return rows.stream().mapToLong(Row::operations).sum();
    }

    public long kills() {
        return rows.stream().mapToLong(Row::kills).sum();
    }
}
