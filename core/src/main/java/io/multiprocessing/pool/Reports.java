package io.multiprocessing.pool;

import io.multiprocessing.PoolOptions;
import io.multiprocessing.ProcessStartException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/** What workers and those who wait for their deaths say, and what becomes of it. All under the pool's lock. */
final class Reports {
    private final Crew crew;
    private final Backlog backlog;
    private final Life life;
    private final PoolOptions options;
    private final RestartIntensity restarts;
    private final ClassLoader loader;
    private final Consumer<Job> whenDone;

    /** @param whenDone is told, without the lock, of jobs that may be done */
    Reports(Crew crew, Backlog backlog, Life life, PoolOptions options, ClassLoader loader, Consumer<Job> whenDone) {
        this.crew = crew;
        this.backlog = backlog;
        this.life = life;
        this.options = options;
        this.restarts = new RestartIntensity(options);
        this.loader = loader;
        this.whenDone = whenDone;
    }

    /**
     * Takes a message.
     *
     * @param news to which is added what jobs are to be told when the lock is released
     * @throws RestartIntensity.Exceeded if workers end as soon as they are started
     */
    void handle(byte[] message, List<Runnable> news) {
        ByteBuffer in = ByteBuffer.wrap(message);
        byte kind = in.get();
        if (kind == Wire.WAKE) {
            return;
        }
        Workplace place = crew.places.get(in.getInt());
        if (in.getInt() != place.generation || !place.isAlive()) {
            return;
        }
        place.heardNanos = System.nanoTime();
        switch (kind) {
            case Wire.READY -> ready(place);
            case Wire.DONE -> done(place, Wire.report(message), news);
            case Wire.UNFIT -> unfit(place, message);
            case Wire.OVER -> over(place, in.get() == 1);
            case Wire.FULL -> place.isHeapFull = true;
            case Wire.DIED -> died(place, in.getInt(), news);
            default -> throw new AssertionError("a worker sent a message of an unknown kind: " + kind);
        }
    }

    private void unfit(Workplace place, byte[] message) {
        place.unfit = Failures.decode(message, Wire.UNFIT_HEADER, message.length - Wire.UNFIT_HEADER, loader);
        over(place, true);
    }

    private static void over(Workplace place, boolean isKept) {
        place.isOver = true;
        place.isKept = isKept;
    }

    private void ready(Workplace place) {
        place.isReady = true;
        long startUpNanos = System.nanoTime() - place.startedNanos;
        crew.tally.ready(place.number, startUpNanos);
        PoolEvents.workerReady(place, options, startUpNanos);
    }

    private void done(Workplace place, Report report, List<Runnable> news) {
        Chunk chunk = place.assigned.peek();
        if (chunk == null || chunk.id != report.chunk() || report.from() != place.reported) {
            throw new AssertionError("a worker reported inputs from " + report.from() + " of chunk " + report.chunk());
        }
        if (report.isParcel()) {
            place.parcels.announce();
        }
        if (report.form() == Wire.LACKS || report.form() == Wire.UNREADABLE) {
            undone(place, report, news);
            return;
        }
        Set<Integer> interrupted = place.interrupted.isEmpty() ? Set.of() : Set.copyOf(place.interrupted);
        place.report(chunk, report);
        crew.tally.reported(place.number, chunk, report);
        PoolEvents.tasks(place, options, chunk, report);
        Delivery.Judge judge = (index, failure) -> judge(interrupted, chunk, index, failure);
        news.add(() -> {
            new Delivery(chunk.job, chunk.offset, report, place.parcels, loader, judge).deliver();
            whenDone.accept(chunk.job);
        });
    }

    /** The worker did nothing of a chunk: it got it just when its function was got back, or can't read all of its inputs. */
    private void undone(Workplace place, Report report, List<Runnable> news) {
        Chunk chunk = place.takeBack();
        if (report.form() == Wire.LACKS) {
            place.known.remove(chunk.job.id);
            backlog.addFirst(List.of(chunk));
            return;
        }
        try {
            backlog.addFirst(backlog.halves(chunk, 0));
        } catch (RuntimeException | OutOfMemoryError unreadableHereToo) {
            Throwable failure = Failures.decode(report.bytes(), report.start(), report.length(), loader);
            news.add(() -> {
                chunk.failFrom(0, failure);
                whenDone.accept(chunk.job);
            });
        }
    }

    private Throwable judge(Set<Integer> interrupted, Chunk chunk, int index, Throwable failure) {
        return interrupted.contains(index)
                ? Deaths.outOfTime(chunk, index, options.softTimeLimit().orElseThrow(), failure, loader)
                : failure;
    }

    private void died(Workplace place, int exitCode, List<Runnable> news) {
        boolean wasReady = place.isReady;
        boolean wasAsked = place.isEnding || place.isKilled;
        long position = place.position();
        Deaths death = crew.bury(place, exitCode);
        PoolEvents.workerEnd(place, options, exitCode);
        place.giveBack(backlog);
        Chunk held = place.assigned.peek();
        Report unsent = held == null ? null : crew.unsent(place, held, position);
        if (unsent != null) {
            done(place, unsent, news);
        }
        int reported = place.reported;
        place.parcels.forgetUnannounced(news);
        Chunk lost = place.takeLost();
        if (life.isTerminated()) {
            return;
        }
        if (lost != null && !lost.job.isAbandoned()) {
            lose(new Loss(lost, reported, position, death), news);
        }
        if (place.unfit != null || (!wasReady && !wasAsked)) {
            restarts.failed(Objects.requireNonNullElse(
                    place.unfit,
                    new IllegalStateException("the worker " + death.name() + ", pid " + death.pid()
                            + ", ended with exit code " + exitCode + " before it was ready")));
        }
        replace(place);
    }

    private void lose(Loss loss, List<Runnable> news) {
        Chunk lost = loss.chunk();
        List<Runnable> failed = new ArrayList<>();
        try {
            backlog.addFirst(loss.remains(
                    backlog,
                    options.retries(),
                    index -> failed.add(() -> lost.job.fail(lost.offset + index, exception(loss, index)))));
        } catch (RuntimeException | OutOfMemoryError unreadable) {
            failed.clear();
            failed.add(() -> lost.failFrom(loss.reported(), exception(loss, loss.reported())));
        }
        news.addAll(failed);
        news.add(() -> whenDone.accept(lost.job));
    }

    private Throwable exception(Loss loss, int index) {
        return loss.death().exception(loss.chunk(), index, loss.position(), options, loader);
    }

    /**
     * Has a new worker in the place of a dead one, if one is needed.
     *
     * @throws RestartIntensity.Exceeded if that failed too often
     */
    void replace(Workplace place) {
        boolean isNeeded = life.isOpen() || (life.isShutDown() && !backlog.isEmpty() && !crew.isAnyAtWork());
        if (!isNeeded) {
            return;
        }
        try {
            crew.start(place);
        } catch (ProcessStartException refused) {
            restarts.failed(refused);
        }
    }
}
