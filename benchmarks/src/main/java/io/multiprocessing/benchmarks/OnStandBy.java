package io.multiprocessing.benchmarks;

import io.multiprocessing.Context;
import java.time.Duration;

/** Waits until JVMs are on stand-by, as they are some time after the last start. */
final class OnStandBy {
    private static final Duration PAUSE = Duration.ofMillis(30);

    private OnStandBy() {}

    /** When as many are there as there may be, no other one is being started meanwhile. */
    static void await(Context mp, int count, Duration limit) throws InterruptedException {
        long begin = System.nanoTime();
        while (!mp.toString().contains(count + " on stand-by")) {
            if (System.nanoTime() - begin > limit.toNanos()) {
                throw new IllegalStateException("no " + count + " JVMs are on stand-by within " + limit + ": " + mp);
            }
            Thread.sleep(PAUSE);
        }
    }
}
