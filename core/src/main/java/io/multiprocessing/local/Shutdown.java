package io.multiprocessing.local;

import io.multiprocessing.local.os.Signals;
import io.multiprocessing.spi.LiveThreads;
import java.util.Map;

/**
 * Why this JVM shuts down. It tells nobody; but what a signal begins runs in a thread that the JVM names after the
 * signal. Should a JVM not do so, a signal is taken for an exit.
 *
 * @param signal the signal's number; 0 if the program has ended or called {@link System#exit}
 */
record Shutdown(int signal) {
    private static final Map<String, Integer> SIGNALS = Map.of(
            "SIGINT handler", Signals.SIGINT, "SIGTERM handler", Signals.SIGTERM, "SIGHUP handler", Signals.SIGHUP);

    static Shutdown detect() {
        for (Thread thread : LiveThreads.all()) {
            Integer signal = SIGNALS.get(thread.getName());
            if (signal != null) {
                return new Shutdown(signal);
            }
        }
        return new Shutdown(0);
    }

    boolean isBySignal() {
        return signal != 0;
    }
}
