package io.multiprocessing.cli.chaos;

import io.multiprocessing.Multiprocessing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Time as one of many threads gets it: while more threads want to run than there are processors, it passes as much slower.
 * Patience is measured in it, so that a machine with other work on it is not taken for a process that stands still.
 *
 * <p>Source: the threads that want to run are those that {@code /proc/loadavg} tells. Where there is no such file, all have
 * time.
 */
final class MachineTime {
    private static final Path LOAD = Path.of("/proc/loadavg");
    private static final int RUNNABLE_FIELD = 3;
    private static final double WEIGHT_OF_A_LOOK = 0.05;

    private final int processors = Multiprocessing.cpuCount();
    private long nanos;
    private long lookedAt = System.nanoTime();
    private double slowness = 1;

    /** Looks how crowded the machine is; to be called every few tens of milliseconds. */
    void look() {
        long now = System.nanoTime();
        double crowding = Math.max(1, (double) runnable() / processors);
        nanos += (long) ((now - lookedAt) / crowding);
        slowness += WEIGHT_OF_A_LOOK * (crowding - slowness);
        lookedAt = now;
    }

    /** How much of it has passed at the last look. */
    long nanos() {
        return nanos;
    }

    /** How many times slower than that of the clock it went lately. */
    double slowness() {
        return slowness;
    }

    private static int runnable() {
        try {
            String field = Files.readString(LOAD).split(" ")[RUNNABLE_FIELD];
            return Integer.parseInt(field.substring(0, field.indexOf('/')));
        } catch (IOException notThere) {
            return 0;
        }
    }
}
