package io.multiprocessing.pool;

import io.multiprocessing.Process;
import io.multiprocessing.Queue;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A place in a pool, in which one worker after the other works: what the pool knows of it. All under the pool's lock.
 */
final class Workplace {
    /** Why the pool ends a worker, and what that does to the input it works on. */
    enum Reason {
        CANCELLED,
        TIME_LIMIT,
        MEMORY_LIMIT
    }

    /** A worker that gets nothing more to do until this chunk is done, and is killed if that takes too long. */
    record Doom(Reason reason, long chunk, long position, long killAtNanos, String text) {}

    final int number;
    final Queue<byte[]> inbox;

    /** What has been put into the inbox and not been reported done, in that order. */
    final ArrayDeque<Chunk> assigned = new ArrayDeque<>();

    /** Functions that the worker has been sent. */
    final Set<Long> known = new HashSet<>();

    /** How many inputs of the first of them have been reported. */
    int reported;

    int generation;

    @Nullable
    Process process;

    long pid;
    boolean isReady;

    @Nullable
    Throwable unfit;

    boolean isEnding;
    boolean isKilled;
    long assignedBytes;
    long assignedEver;
    long startedNanos;

    /** How long a chunk takes, on average of late. */
    double chunkNanos = Double.MAX_VALUE;

    /** When something was last heard of it. */
    long heardNanos;

    @Nullable
    Doom doom;

    /** What it worked on when somebody looked last, and since when. */
    long seenPosition;

    long seenSinceNanos;

    /** Inputs of the current chunk that were interrupted because of their time limit. */
    final Set<Integer> interrupted = new HashSet<>();

    Workplace(int number, Queue<byte[]> inbox) {
        this.number = number;
        this.inbox = inbox;
    }

    boolean isAlive() {
        return process != null;
    }

    void begin(Process started, long nanos) {
        process = started;
        pid = started.pid().orElseThrow();
        isReady = false;
        unfit = null;
        isEnding = false;
        isKilled = false;
        assignedEver = 0;
        reported = 0;
        startedNanos = nanos;
        heardNanos = nanos;
        chunkNanos = Double.MAX_VALUE;
        doom = null;
        seenPosition = 0;
        interrupted.clear();
        known.clear();
    }

    void kill() {
        if (process != null) {
            isKilled = true;
            process.kill();
        }
    }
}
