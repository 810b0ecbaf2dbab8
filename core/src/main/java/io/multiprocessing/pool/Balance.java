package io.multiprocessing.pool;

import io.multiprocessing.PoolOptions;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How much a worker gets in advance: about a millisecond of work by its own average, so that it does not wait for the pool,
 * in two halves, of which one is worked on; and never so much that others have nothing to do.
 */
final class Balance {
    static final long STEAL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final int LEAST_AHEAD = 2;
    private static final int MOST_AHEAD = 1024;
    private static final double NANOS_AHEAD = 1e6;
    private static final long MOST_BYTES_AHEAD = 32 << 20;

    private final List<Workplace> places;
    private final OptionalInt mostTasks;

    Balance(List<Workplace> places, PoolOptions options) {
        this.places = places;
        this.mostTasks = options.maxTasksPerWorker();
    }

    /** Who is to get what comes next, of so many bytes; null if nobody has room. */
    @Nullable
    Workplace leastBusy(long bytes) {
        Workplace best = null;
        for (Workplace place : places) {
            if (hasRoom(place, bytes) && (best == null || place.assignedUnits < best.assignedUnits)) {
                best = place;
                if (best.assignedUnits == 0) {
                    break;
                }
            }
        }
        return best;
    }

    /** How many units a worker that has room may get at once, if so many are there for all. */
    int share(Workplace place, int units) {
        int most = most(place);
        int share = Math.min(Math.min(most - place.assignedUnits, most / 2), Math.ceilDiv(units, places.size()));
        return mostTasks.isPresent()
                ? Math.clamp(share, 1, mostTasks.getAsInt() - place.assignedEver)
                : Math.max(share, 1);
    }

    private boolean hasRoom(Workplace place, long bytes) {
        if (!place.isAlive()
                || place.isEnding
                || place.isOver
                || place.isKilled
                || place.doom != null
                || isSpent(place)) {
            return false;
        }
        boolean isEmptyOrSmall = place.assignedUnits == 0 || place.assignedBytes + bytes <= MOST_BYTES_AHEAD;
        return isEmptyOrSmall && place.assignedUnits <= most(place) / 2;
    }

    private static int most(Workplace place) {
        boolean takesLongerThanOthersDid =
                place.assignedUnits >= LEAST_AHEAD && System.nanoTime() - place.heardNanos > STEAL_NANOS;
        return takesLongerThanOthersDid
                ? LEAST_AHEAD
                : (int) Math.clamp(NANOS_AHEAD / place.unitNanos, LEAST_AHEAD, MOST_AHEAD);
    }

    /** Whether a worker has had all that it may have before it is replaced. */
    boolean isSpent(Workplace place) {
        return mostTasks.isPresent() && place.assignedEver >= mostTasks.getAsInt();
    }

    /** Whether somebody has nothing to do. */
    boolean isAnyIdle() {
        return places.stream().anyMatch(place -> place.assignedUnits == 0 && hasRoom(place, 0));
    }

    /** Who takes long for what it has, and has the most that it has not begun; null if there is none. */
    @Nullable
    Workplace busiest(long now) {
        Workplace busiest = null;
        for (Workplace place : places) {
            double nanosAhead = place.unitNanos == Double.MAX_VALUE ? 0 : place.assignedUnits * place.unitNanos;
            boolean isLong = now - place.heardNanos > STEAL_NANOS || nanosAhead > 2 * NANOS_AHEAD;
            if (place.assignedUnits > 1 && isLong && (busiest == null || place.assignedUnits > busiest.assignedUnits)) {
                busiest = place;
            }
        }
        return busiest;
    }
}
