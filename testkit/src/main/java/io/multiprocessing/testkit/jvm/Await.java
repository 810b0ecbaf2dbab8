package io.multiprocessing.testkit.jvm;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waiting for a condition that another thread or process brings about. */
public final class Await {
    /** Far more than anything takes on a machine that is busy otherwise. */
    public static final Duration LIMIT = Duration.ofSeconds(60);

    private static final long POLL_MILLIS = 2;

    /** What counts of a pause at most: who waits may be kept from running as well as who is waited for. */
    private static final long LONGEST_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

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
        long left = limit.toNanos();
        for (long begin = System.nanoTime(); !condition.holds(); begin = System.nanoTime()) {
            long asked = System.nanoTime();
            left -= asked - begin;
            if (left < 0) {
                throw new AssertionError("not within " + limit + ": " + what);
            }
            Thread.sleep(POLL_MILLIS);
            left -= Math.min(System.nanoTime() - asked, LONGEST_POLL_NANOS);
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
