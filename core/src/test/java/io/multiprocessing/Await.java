package io.multiprocessing;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waiting for a condition that another thread or process brings about. */
public final class Await {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 2;

    private Await() {}

    public static void until(String what, Callable<Boolean> condition) throws Exception {
        long begin = System.nanoTime();
        while (!condition.call()) {
            if (System.nanoTime() - begin > LIMIT.toNanos()) {
                throw new AssertionError("not within " + LIMIT + ": " + what);
            }
            Thread.sleep(POLL_MILLIS);
        }
    }
}
