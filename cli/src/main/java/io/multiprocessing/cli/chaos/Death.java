package io.multiprocessing.cli.chaos;

import java.time.Duration;
import java.util.List;

/**
 * That a victim has died.
 *
 * @param killedAt when, as {@link System#nanoTime()} says it; at the latest
 * @param family it and its descendants
 */
record Death(long serial, long killedAt, Family family) {
    private static final Duration ORPHANS_END = Duration.ofSeconds(15);
    private static final Duration POLL = Duration.ofMillis(20);

    /** Waits until its descendants, which were daemons, have ended too. */
    void expectFamilyToEnd(Findings findings) throws InterruptedException {
        List<Long> orphans = family.living();
        while (!orphans.isEmpty()) {
            if (System.nanoTime() - killedAt > ORPHANS_END.toNanos()) {
                findings.violation("process " + serial + " has died, and its descendants live: " + orphans);
                return;
            }
            Thread.sleep(POLL);
            orphans = family.living();
        }
        findings.recovery(System.nanoTime() - killedAt);
    }
}
