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
    final Parcels parcels;

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
    boolean isHeapFull;

    /** It does nothing more, so it is about to end. */
    boolean isOver;

    /** And yet its process does not end by itself. */
    boolean isKept;

    long assignedBytes;
    int assignedUnits;
    int assignedEver;
    long startedNanos;

    /** How long a loose input or bound chunk takes, on average of late. */
    double unitNanos = Double.MAX_VALUE;

    /** It has done something. */
    boolean hasWorked;

    private long workedNanos;

    /** When something was last heard of it. */
    long heardNanos;

    @Nullable
    Doom doom;

    /** What it worked on when somebody looked last, and since when. */
    long seenPosition;

    long seenSinceNanos;

    /** Inputs of the current chunk that were interrupted because of their time limit. */
    final Set<Integer> interrupted = new HashSet<>();

    private final Positions positions;
    private final LongArray orders;

    Workplace(int number, Queue<byte[]> inbox, Parcels parcels, Positions positions, LongArray orders) {
        this.number = number;
        this.inbox = inbox;
        this.parcels = parcels;
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
        isHeapFull = false;
        isOver = false;
        isKept = false;
        assignedEver = 0;
        hasWorked = false;
        reported = 0;
        startedNanos = nanos;
        heardNanos = nanos;
        unitNanos = Double.MAX_VALUE;
        workedNanos = 0;
        doom = null;
        seenPosition = 0;
        positions.set(number, 0);
        interrupted.clear();
        known.clear();
    }

    /** The worker is dead. What it had stays assigned. */
    void end() {
        process = null;
        isReady = false;
        isEnding = false;
        doom = null;
    }

    /** What the worker works on, or the last one did. */
    long position() {
        return Position.withoutRevoked(positions.get(number));
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
        if (!inbox.offer(chunk.message())) {
            return false;
        }
        if (assigned.isEmpty()) {
            heardNanos = System.nanoTime();
        }
        assigned.add(chunk);
        assignedBytes += chunk.bytes();
        assignedUnits += chunk.units();
        assignedEver += chunk.units();
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

    /** Gives back what the worker has not begun. What it has, if anything, is what stays assigned. */
    void giveBack(Backlog backlog) {
        Set<Long> unbegun = emptyInbox();
        List<Chunk> back = new ArrayList<>();
        for (Iterator<Chunk> all = assigned.iterator(); all.hasNext(); ) {
            Chunk chunk = all.next();
            if (unbegun.contains(chunk.id)) {
                all.remove();
                isBack(chunk);
                back.add(chunk);
            }
        }
        Chunk tail = isAlive() ? cutHeld(backlog) : null;
        if (tail != null) {
            back.addFirst(tail);
        }
        backlog.addFirst(back);
    }

    /** Takes back the chunk that the worker has and says it did nothing of. */
    Chunk takeBack() {
        Chunk chunk = assigned.remove();
        isBack(chunk);
        return chunk;
    }

    private void isBack(Chunk chunk) {
        assignedBytes -= chunk.bytes();
        assignedUnits -= chunk.units();
        assignedEver -= chunk.units();
    }

    private Set<Long> emptyInbox() {
        Set<Long> unbegun = new HashSet<>();
        List<byte[]> stay = new ArrayList<>();
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
                case Wire.CHUNK, Wire.LOOSE -> unbegun.add(in.getLong());
                case Wire.JOB -> known.remove(in.getLong());
                default -> stay.add(message);
            }
        }
        if (isAlive()) {
            stay.forEach(inbox::offer);
        }
        return unbegun;
    }

    /** Takes from the worker what it has not begun of the chunk that it works on; null if that is nothing. */
    private @Nullable Chunk cutHeld(Backlog backlog) {
        Chunk held = assigned.peek();
        if (held == null || !held.isLoose()) {
            return null;
        }
        while (true) {
            long position = positions.get(number);
            int next = Position.index(position) + 1;
            if (!Position.isOf(position, held.id) || Position.isRevoked(position) || next >= held.count()) {
                return null;
            }
            if (positions.compareAndSet(number, position, Position.revoked(position))) {
                Chunk tail = backlog.part(held, next, held.count(), 0);
                isBack(tail);
                held.cut(next);
                return tail;
            }
        }
    }

    /** Notes how inputs of the chunk went that the worker has. */
    void report(Chunk chunk, Report report) {
        int count = report.to() - report.from();
        reported = report.to();
        hasWorked = true;
        workedNanos += report.workedNanos();
        int units = chunk.isLoose() ? count : report.isLast() ? 1 : 0;
        if (units > 0) {
            assignedUnits -= units;
            double average = (double) workedNanos / units;
            unitNanos = unitNanos == Double.MAX_VALUE ? average : 0.75 * unitNanos + 0.25 * average;
            workedNanos = 0;
        }
        if (report.isLast()) {
            assigned.remove();
            assignedBytes -= chunk.bytes();
            reported = 0;
            interrupted.clear();
            if (doom != null && doom.chunk() == chunk.id && !isKilled) {
                doom = null;
            }
        }
    }

    /** Takes away the chunk that a dead worker had; null if it had none. */
    @Nullable
    Chunk takeLost() {
        Chunk lost = assigned.poll();
        assignedBytes = 0;
        assignedUnits = 0;
        return lost;
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
