package io.multiprocessing.pool;

import io.multiprocessing.PoolOptions;
import java.util.concurrent.TimeUnit;

/** What is to be done in a pool because time has passed. All under the pool's lock. */
final class Upkeep {
    private static final long END_GRACE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final PoolOptions options;
    private final Crew crew;
    private final Balance balance;
    private final Backlog backlog;
    private final Life life;
    private final Reports reports;
    private final Limits limits;
    private final long tickNanos;
    private long killAllAtNanos;

    Upkeep(PoolOptions options, Crew crew, Balance balance, Backlog backlog, Life life, Reports reports) {
        this.options = options;
        this.crew = crew;
        this.balance = balance;
        this.backlog = backlog;
        this.life = life;
        this.reports = reports;
        this.limits = new Limits(options, backlog);
        this.tickNanos = limits.tickNanos();
    }

    /** Workers have been told to end; those that take their time are killed. */
    void terminated() {
        killAllAtNanos = System.nanoTime() + END_GRACE_NANOS;
    }

    /** How long nothing has to be looked at but messages. */
    long patienceNanos() {
        boolean isIdle = false;
        boolean isAhead = false;
        boolean isDoomed = life.isTerminated();
        for (Workplace place : crew.places) {
            isDoomed |= place.doom != null || place.isEnding || place.isOver;
            isIdle |= place.isReady && place.assigned.isEmpty() && !place.isEnding;
            isAhead |= place.assignedUnits > 1;
        }
        if (isIdle && isAhead) {
            return Balance.STEAL_NANOS;
        }
        boolean isAnyToReplace = crew.isAnyMissing() && (life.isOpen() || !backlog.isEmpty());
        return isDoomed || limits.isAny() || isAnyToReplace ? tickNanos : Long.MAX_VALUE;
    }

    /** @throws RestartIntensity.Exceeded if workers can't be replaced */
    void tick(long now) {
        if (life.isTerminated() && now - killAllAtNanos > 0) {
            crew.kill();
        }
        for (Workplace place : crew.places) {
            if (!place.isAlive()) {
                reports.replace(place);
            } else if (!place.isKilled) {
                look(place, now);
            }
        }
        limits.look(crew.places, now);
        if (backlog.isEmpty()) {
            share(now);
        }
    }

    /** Kills who was to end and does not. */
    private void look(Workplace place, long now) {
        Workplace.Doom doom = place.doom;
        if (doom != null) {
            if (place.assigned.isEmpty()) {
                place.doom = null;
            } else if (now - doom.killAtNanos() > 0) {
                place.kill();
            }
        } else if (isAtItsEnd(place) && now - place.heardNanos > END_GRACE_NANOS) {
            place.kill(); // a thread that a task has left behind keeps it
        }
    }

    /** Whether it has nothing more to do, and does not end; an exit hook may take its time, and so may the end of a JVM. */
    private boolean isAtItsEnd(Workplace place) {
        return place.isKept
                || (place.isEnding
                        && place.assigned.isEmpty()
                        && options.exitHook().isEmpty());
    }

    /** Gets back what lies before a worker that takes its time, for those who have nothing to do. */
    private void share(long now) {
        Workplace busiest = balance.isAnyIdle() ? balance.busiest(now) : null;
        if (busiest != null) {
            busiest.giveBack(backlog);
            busiest.heardNanos = now;
        }
    }
}
