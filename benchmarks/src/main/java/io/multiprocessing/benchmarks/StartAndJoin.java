package io.multiprocessing.benchmarks;

import io.multiprocessing.Context;
import java.time.Duration;

/** A process that does nothing, from before its start to after its join. */
final class StartAndJoin {
    private StartAndJoin() {}

    static double millis(Context mp, Duration limit) throws InterruptedException {
        long start = System.nanoTime();
        var process = mp.process(() -> {}).start();
        boolean hasEnded = process.join(limit);
        double elapsedMillis = (System.nanoTime() - start) / 1e6;
        if (!hasEnded) {
            process.kill();
            throw new IllegalStateException("a process that does nothing has not ended within " + limit);
        }
        if (process.exitCode().orElseThrow() != 0) {
            throw new IllegalStateException("a process that does nothing ended: " + process);
        }
        return elapsedMillis;
    }
}
