package io.multiprocessing.pool;

import io.multiprocessing.BrokenPoolException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** The ways in which a pool ends, and when it has. Takes the pool's lock. */
final class PoolEnd {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final ReentrantLock lock;
    private final Crew crew;
    private final Backlog backlog;
    private final Streams streams;
    private final Life life;
    private final Handout handout;
    private final Upkeep upkeep;
    private final Telling telling;
    private final Runnable atEnd;
    private final CountDownLatch reached = new CountDownLatch(1);

    /** @param atEnd is told when all workers have ended */
    PoolEnd(
            ReentrantLock lock,
            Crew crew,
            Backlog backlog,
            Streams streams,
            Life life,
            Handout handout,
            Upkeep upkeep,
            Telling telling,
            Runnable atEnd) {
        this.lock = lock;
        this.crew = crew;
        this.backlog = backlog;
        this.streams = streams;
        this.life = life;
        this.handout = handout;
        this.upkeep = upkeep;
        this.telling = telling;
        this.atEnd = atEnd;
    }

    /** Takes no more jobs; workers end when they have done what there is. */
    void shutDown() {
        List<StreamJob<?>> told;
        lock.lock();
        try {
            if (!life.shutDown()) {
                return;
            }
            told = streams.shutDown();
            handout.assign();
            crew.wake();
        } finally {
            lock.unlock();
        }
        told.forEach(StreamJob::poolIsShutDown);
    }

    /**
     * Ends all that goes on.
     *
     * @param reason is what all jobs are told that are not done
     * @return the jobs of which nothing has begun
     */
    List<Job> stop(RuntimeException reason) {
        List<Job> unbegun;
        List<Job> jobs = new ArrayList<>();
        lock.lock();
        try {
            if (!life.terminate(reason)) {
                return List.of();
            }
            upkeep.terminated();
            for (Workplace place : crew.places) {
                giveBackQuietly(place);
                place.assigned.forEach(chunk -> jobs.add(chunk.job));
                if (place.process != null) {
                    place.isEnding = true;
                    place.process.terminate();
                }
            }
            unbegun = backlog.clear();
            jobs.addAll(streams.clear());
            crew.wake();
        } finally {
            lock.unlock();
        }
        jobs.addAll(unbegun);
        List<Job> ended = jobs.stream().distinct().toList();
        ended.forEach(job -> job.end(Life.again(reason)));
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        ended.forEach(job -> job.awaitEnded(deadline));
        return unbegun;
    }

    private void giveBackQuietly(Workplace place) {
        try {
            place.giveBack(backlog);
        } catch (IllegalStateException contextIsClosed) {
            // What is assigned stays so, which is as good now.
        }
    }

    /** Ends all that goes on, because the pool can't go on. */
    void breakPool(String message, Throwable cause) {
        stop(new BrokenPoolException(message, cause));
    }

    /** Whether it was to end, and nobody works any more. With the pool's lock. */
    boolean isOver() {
        return !life.isOpen()
                && (life.isTerminated() || (backlog.isEmpty() && streams.isEmpty()))
                && !crew.isAnyAlive();
    }

    /** Gives up what was there for the workers, when all results have been told. */
    void finish() {
        telling.awaitTold(System.nanoTime() + PATIENCE_NANOS);
        lock.lock();
        try {
            life.end();
            crew.close();
        } finally {
            lock.unlock();
            reached.countDown();
            atEnd.run();
        }
    }

    boolean isReached() {
        return reached.getCount() == 0;
    }

    void await() throws InterruptedException {
        reached.await();
    }

    boolean await(long nanos) throws InterruptedException {
        return reached.await(nanos, TimeUnit.NANOSECONDS);
    }
}
