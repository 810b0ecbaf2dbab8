package io.multiprocessing.cli.chaos;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** How a victim is to die. */
sealed interface Fate {
    /** For how long a victim that is to kill itself may work without coming to that. */
    Duration PATIENCE = Duration.ofMillis(60);

    int MOST_TIMES_BITS = 6;
    long LONGEST_START_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    long LONGEST_STOP_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    List<String> START_POINTS = List.of("join-K1", "join-K2");

    /** Killed so long after its first round. */
    record AtWork(long afterNanos) implements Fate {}

    /** Asked to end so long after its first round, which it does in good order, in the middle of what it does. */
    record Terminated(long afterNanos) implements Fate {}

    /** Killed so long after its start, when it has perhaps not come to life yet. */
    record AtStart(long afterNanos) implements Fate {}

    /** Kills itself when it comes to a place in an algorithm for so many times. */
    record AtCrashPoint(String label, int times) implements Fate {}

    /** Stopped so long after its first round, let go on after a while, and killed then. */
    record Stopped(long afterNanos, long forNanos) implements Fate {}

    static Fate draw(Storm storm, SplittableRandom random) {
        long afterNanos = random.nextLong(storm.longestLife().toNanos());
        List<String> points = storm.crashPoints();
        int lot = random.nextInt(100);
        if (lot < 35 && !points.isEmpty()) {
            int times = 1 + random.nextInt(1 << random.nextInt(MOST_TIMES_BITS + 1));
            return new AtCrashPoint(points.get(random.nextInt(points.size())), times);
        }
        if (lot < 39) {
            return new AtCrashPoint(START_POINTS.get(random.nextInt(START_POINTS.size())), 1);
        }
        if (lot < 45) {
            return new AtStart(random.nextLong(LONGEST_START_NANOS));
        }
        if (lot < 52) {
            return new Stopped(afterNanos, random.nextLong(LONGEST_STOP_NANOS));
        }
        if (lot < 58) {
            return new Terminated(afterNanos);
        }
        return new AtWork(afterNanos);
    }
}
