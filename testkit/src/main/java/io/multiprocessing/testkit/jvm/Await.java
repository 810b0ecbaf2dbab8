package io.multiprocessing.testkit.jvm;

import java.time.Duration;

/** Waiting for a condition that another thread or process brings about. */
public final class Await {
    /** Far more than anything takes on a machine that is busy otherwise. */
    public static final Duration LIMIT = Duration.ofSeconds(30);

    private static final long POLL_MILLIS = 2;

    private Await() {}

    /**
     * Returns when the condition holds.
     *
     * @throws AssertionError if it does not within {@link #LIMIT}
     */
    public static void until(String what, Condition condition) throws Exception {
        until(what, LIMIT, condition);
    }

    /**
     * Returns when the condition holds.
     *
     * @throws AssertionError if it does not in time
     */
    public static void until(String what, Duration limit, Condition condition) throws Exception {
        long begin = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - begin > limit.toNanos()) {
                throw new AssertionError("not within " + limit + ": " + what);
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** Waits until a process is gone; who was killed is there until somebody has reaped it. */
    public static void death(long pid) throws Exception {
        until("process " + pid + " is gone", () -> !isAlive(pid));
    }

    /** Whether a process of that number runs. */
    public static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /** What is waited for. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws Exception;
    }
}
