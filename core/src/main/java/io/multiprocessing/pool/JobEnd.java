package io.multiprocessing.pool;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** What a job leaves in a pool goes when it is done, or when nobody wants its results any more. Takes the pool's lock. */
final class JobEnd {
    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ReentrantLock lock;
    private final Crew crew;
    private final Backlog backlog;
    private final Streams streams;
    private final Life life;

    JobEnd(ReentrantLock lock, Crew crew, Backlog backlog, Streams streams, Life life) {
        this.lock = lock;
        this.crew = crew;
        this.backlog = backlog;
        this.streams = streams;
        this.life = life;
    }

    /** Nobody wants the results: what has not begun is dropped; what runs is ended if that is wanted. */
    void abandon(Job job, boolean isEnded) {
        job.abandon();
        lock.lock();
        try {
            if (life.hasEnded()) {
                return;
            }
            for (Workplace place : crew.places) {
                if (place.assigned.stream().anyMatch(chunk -> chunk.isOf(job))) {
                    place.giveBack(backlog);
                    Chunk held = place.assigned.peek();
                    if (isEnded && held != null && held.isOf(job) && place.doom == null && place.isAlive()) {
                        long position = Position.of(held.id, Position.WHOLE_CHUNK);
                        place.doom = new Workplace.Doom(
                                Workplace.Reason.CANCELLED, held.id, position, System.nanoTime() + GRACE_NANOS, "");
                        place.interrupt(position);
                    }
                }
            }
            backlog.removeAll(job);
            streams.remove(job);
            forget(job);
            crew.wake();
        } catch (IllegalStateException contextIsClosed) {
            // So is the pool, then.
        } finally {
            lock.unlock();
        }
    }

    /** No inputs come any more: a pool that is shut down may have waited for that. */
    void allRead(StreamJob<?> job) {
        lock.lock();
        try {
            streams.remove(job);
            if (life.isShutDown()) {
                crew.wake();
            }
        } catch (IllegalStateException contextIsClosed) {
            // So is the pool, then.
        } finally {
            lock.unlock();
        }
        forgetIfDone(job);
    }

    void forgetIfDone(Job job) {
        if (!job.isDone()) {
            return;
        }
        job.letGo();
        if (job.function == null) {
            return;
        }
        job.endGauge();
        lock.lock();
        try {
            forget(job);
        } catch (IllegalStateException contextIsClosed) {
            // So is the pool, then.
        } finally {
            lock.unlock();
        }
    }

    private void forget(Job job) {
        if (!life.hasEnded()) {
            crew.places.forEach(place -> place.forget(job));
        }
    }
}
