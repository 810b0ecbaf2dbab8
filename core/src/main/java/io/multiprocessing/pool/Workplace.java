package io.multiprocessing.pool;

import io.multiprocessing.LongArray;
import io.multiprocessing.Process;
import io.multiprocessing.Queue;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
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

    private final LongArray positions;
    private final LongArray orders;

    Workplace(int number, Queue<byte[]> inbox, LongArray positions, LongArray orders) {
        this.number = number;
        this.inbox = inbox;
        this.positions = positions;
        this.orders = orders;
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

    /** The worker is dead. What it had stays assigned. */
    void end() {
        process = null;
        isReady = false;
        isEnding = false;
        assignedBytes = 0;
        doom = null;
    }

    /** What the worker works on, or the last one did. */
    long position() {
        return positions.get(number);
    }

    /** Puts a chunk into the inbox; false if it does not take it. */
    boolean hand(Chunk chunk) {
        Job job = chunk.job;
        if (job.function != null && !known.contains(job.id)) {
            if (!inbox.offer(Wire.job(job.id, job.function))) {
                return false;
            }
            known.add(job.id);
        }
        if (!inbox.offer(chunk.message)) {
            return false;
        }
        if (assigned.isEmpty()) {
            heardNanos = System.nanoTime();
        }
        assigned.add(chunk);
        assignedBytes += chunk.message.length;
        assignedEver++;
        return true;
    }

    /** Has the worker end when it has done what is assigned. */
    void finish() {
        if (isAlive() && !isEnding && inbox.offer(Wire.end())) {
            isEnding = true;
        }
    }

    /** Nobody needs the function of a job any more. */
    void forget(Job job) {
        boolean isUsed = assigned.stream().anyMatch(chunk -> chunk.isOf(job));
        if (!isUsed && isAlive() && known.remove(job.id) && !isEnding) {
            inbox.offer(Wire.forget(job.id));
        }
    }

    /** Gets back what the worker has not begun, in order. What it has, if anything, is what stays assigned. */
    List<Chunk> takeBack() {
        Set<Long> unbegun = new HashSet<>();
        boolean wasToEnd = false;
        while (!inbox.isEmpty()) {
            byte[] message = inbox.poll();
            if (message == null && isAlive()) {
                break; // it is being got this moment, or its worker is stopped in the middle of getting
            }
            if (message == null) {
                continue; // the lock of a dead worker is handed on
            }
            ByteBuffer in = ByteBuffer.wrap(message);
            switch (in.get()) {
                case Wire.CHUNK -> unbegun.add(in.getLong());
                case Wire.JOB -> known.remove(in.getLong());
                case Wire.END -> wasToEnd = true;
                default -> {}
            }
        }
        List<Chunk> back = new ArrayList<>();
        for (Iterator<Chunk> all = assigned.iterator(); all.hasNext(); ) {
            Chunk chunk = all.next();
            if (unbegun.contains(chunk.id)) {
                all.remove();
                assignedBytes -= chunk.message.length;
                assignedEver--;
                back.add(chunk);
            }
        }
        if (wasToEnd) {
            isEnding = isAlive() && inbox.offer(Wire.end());
        }
        return back;
    }

    /**
     * Notes that the worker has done the inputs of its chunk up to one, exclusive.
     *
     * @return whether that was all of the chunk
     */
    boolean report(Chunk chunk, int to, long workedNanos) {
        reported = to;
        if (to < chunk.count) {
            return false;
        }
        assigned.remove();
        assignedBytes -= chunk.message.length;
        reported = 0;
        interrupted.clear();
        chunkNanos = chunkNanos == Double.MAX_VALUE ? workedNanos : 0.75 * chunkNanos + 0.25 * workedNanos;
        if (doom != null && doom.chunk() == chunk.id && !isKilled) {
            doom = null;
        }
        return true;
    }

    /** Has the worker interrupt what it works on if that is still the given thing. */
    void interrupt(long position) {
        orders.set(number, position);
        if (process != null) {
            process.interrupt();
        }
    }

    void kill() {
        if (process != null) {
            isKilled = true;
            process.kill();
        }
    }
}
