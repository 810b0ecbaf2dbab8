package io.multiprocessing.pool;

/**
 * What a worker does with its time, from one report to the next. One thread at a time.
 */
final class Stopwatch {
    private int done;
    private long doneNanos;
    private long sentNanos;
    private long workedSinceNanos;
    private long waitedNanos;
    private int slowest;
    private long slowestNanos;

    /** The worker waits for its first chunk. */
    void start() {
        sentNanos = System.nanoTime();
    }

    /** A chunk is there, of which nothing has been done. */
    void begin() {
        long now = System.nanoTime();
        waitedNanos = now - sentNanos;
        workedSinceNanos = now;
        doneNanos = now;
        sentNanos = now;
        done = 0;
        slowestNanos = -1;
    }

    /** The next input has been worked on. */
    void did() {
        long now = System.nanoTime();
        if (now - doneNanos > slowestNanos) {
            slowestNanos = now - doneNanos;
            slowest = done;
        }
        done++;
        doneNanos = now;
    }

    /** All that was done has been reported. */
    void sent() {
        sentNanos = System.nanoTime();
        workedSinceNanos = doneNanos;
        waitedNanos = 0;
        slowestNanos = -1;
    }

    /** When the last input was done. */
    long doneNanos() {
        return doneNanos;
    }

    /** How long, until the last input was done, nothing had been sent. */
    long unsentNanos() {
        return doneNanos - sentNanos;
    }

    long workedNanos() {
        return doneNanos - workedSinceNanos;
    }

    long waitedNanos() {
        return waitedNanos;
    }

    int slowest() {
        return slowest;
    }

    long slowestNanos() {
        return slowestNanos;
    }
}
