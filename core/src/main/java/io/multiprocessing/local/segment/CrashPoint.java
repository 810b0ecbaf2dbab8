package io.multiprocessing.local.segment;

import io.multiprocessing.local.os.Os;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The places where the crash tests let a process die. An algorithm marks each store at which dying has an outcome of
 * its own; a process that was started with {@code -Dmultiprocessing.crashAt=lock-K1} kills itself when it comes to that
 * place for the first time, with {@code lock-K1:5} the fifth time. Otherwise a mark costs nothing: the compiler removes
 * it.
 */
public final class CrashPoint {
    private static final boolean IS_ARMED = System.getProperty("multiprocessing.crashAt") != null;

    private CrashPoint() {}

    /** Marks a place where a process may die. */
    public static void reached(String label) {
        if (IS_ARMED) {
            Armed.reached(label);
        }
    }

    private static final class Armed {
        private static final String[] LABEL_AND_TIMES =
                System.getProperty("multiprocessing.crashAt").split(":", 2);
        private static final AtomicLong TIMES_LEFT =
                new AtomicLong(LABEL_AND_TIMES.length == 2 ? Long.parseLong(LABEL_AND_TIMES[1]) : 1);

        static void reached(String label) {
            if (LABEL_AND_TIMES[0].equals(label) && TIMES_LEFT.decrementAndGet() == 0) {
                Os.current().killSelf();
            }
        }
    }
}
