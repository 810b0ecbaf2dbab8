package io.multiprocessing.pool;

import io.multiprocessing.PoolOptions;
import io.multiprocessing.spi.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * How long a task may run and how much memory a worker may take. Who goes beyond is interrupted or killed, after what it has
 * not begun was taken from it. All under the pool's lock.
 */
final class Limits {
    private static final long MEMORY_PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long SHORTEST_TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST_TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int TICKS_PER_LIMIT = 20;

    private final Optional<Duration> soft;
    private final Optional<Duration> hard;
    private final OptionalLong memory;
    private final Backlog backlog;
    private long nextMemoryLook = System.nanoTime();

    Limits(PoolOptions options, Backlog backlog) {
        this.soft = options.softTimeLimit();
        this.hard = options.hardTimeLimit();
        this.memory = options.memoryLimit();
        this.backlog = backlog;
    }

    boolean isAny() {
        return isAnyOfTime() || memory.isPresent();
    }

    private boolean isAnyOfTime() {
        return soft.isPresent() || hard.isPresent();
    }

    /** How often to look. */
    long tickNanos() {
        long shortest = Math.min(
                soft.map(Deadline::nanos).orElse(Long.MAX_VALUE),
                hard.map(Deadline::nanos).orElse(Long.MAX_VALUE));
        return Math.clamp(shortest / TICKS_PER_LIMIT, SHORTEST_TICK_NANOS, LONGEST_TICK_NANOS);
    }

    /** Looks at all workers, if it is time to. */
    void look(Iterable<Workplace> places, long now) {
        if (isAnyOfTime()) {
            places.forEach(place -> lookAtTime(place, now));
        }
        if (memory.isPresent() && now - nextMemoryLook > 0) {
            nextMemoryLook = now + MEMORY_PERIOD_NANOS;
            places.forEach(place -> lookAtMemory(place, memory.getAsLong()));
        }
    }

    private void lookAtTime(Workplace place, long now) {
        Chunk chunk = place.assigned.peek();
        if (chunk == null || !place.isAlive() || place.isKilled || place.doom != null) {
            return;
        }
        long position = place.position();
        if (position != place.seenPosition) {
            place.seenPosition = position;
            place.seenSinceNanos = now;
        } else if (Position.isOf(position, chunk.id) && !Position.isDone(position)) {
            overrun(place, chunk, position, now - place.seenSinceNanos);
        }
    }

    private void overrun(Workplace place, Chunk chunk, long position, long nanos) {
        if (hard.isPresent() && nanos >= Deadline.nanos(hard.get())) {
            place.giveBack(backlog);
            if (chunk.equals(place.assigned.peek()) && place.position() == position) {
                place.doom = new Workplace.Doom(Workplace.Reason.TIME_LIMIT, chunk.id, position, System.nanoTime(), "");
                place.kill();
            }
        } else if (soft.isPresent()
                && nanos >= Deadline.nanos(soft.get())
                && place.interrupted.add(Position.index(position))) {
            place.interrupt(position);
        }
    }

    private void lookAtMemory(Workplace place, long limit) {
        if (!place.isAlive() || place.isKilled) {
            return;
        }
        long bytes = ResidentMemory.bytes(place.pid);
        if (bytes > limit) {
            place.giveBack(backlog);
            Chunk chunk = place.assigned.peek();
            long id = chunk == null ? 0 : chunk.id;
            String text = "it took " + bytes + " bytes of memory, its limit is " + limit;
            place.doom =
                    new Workplace.Doom(Workplace.Reason.MEMORY_LIMIT, id, place.position(), System.nanoTime(), text);
            if (chunk == null && !place.hasWorked) {
                place.unfit = new IllegalStateException(
                        "a worker that had done nothing took " + bytes + " bytes of memory, its limit is " + limit);
            }
            place.kill();
        }
    }
}
