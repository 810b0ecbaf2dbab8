package io.multiprocessing.pool;

import io.multiprocessing.PoolOptions;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How many chunks a worker gets in advance: about a millisecond of work by its own average, so that it does not wait for the
 * pool, and never so much that others have nothing to do.
 */
final class Balance {
    static final long STEAL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final int LEAST_AHEAD = 2;
    private static final int MOST_AHEAD = 256;
    private static final double NANOS_AHEAD = 1e6;
    private static final long MOST_BYTES_AHEAD = 32 << 20;

    private final List<Workplace> places;
    private final OptionalInt mostTasks;

    Balance(List<Workplace> places, PoolOptions options) {
        this.places = places;
        this.mostTasks = options.maxTasksPerWorker();
    }

    /** Who is to get a chunk of so many bytes; null if nobody has room. */
    @Nullable
    Workplace leastBusy(int bytes) {
        Workplace best = null;
        for (Workplace place : places) {
            if (hasRoom(place, bytes) && (best == null || place.assigned.size() < best.assigned.size())) {
                best = place;
                if (best.assigned.isEmpty()) {
                    break;
                }
            }
        }
        return best;
    }

    private boolean hasRoom(Workplace place, int bytes) {
        if (!place.isAlive() || place.isEnding || place.isKilled || place.doom != null) {
            return false;
        }
        int size = place.assigned.size();
        boolean isEmptyOrSmall = size == 0 || place.assignedBytes + bytes <= MOST_BYTES_AHEAD;
        return isEmptyOrSmall && size < most(place) && !isSpent(place);
    }

    private static int most(Workplace place) {
        boolean takesLongerThanOthersDid =
                place.assigned.size() >= LEAST_AHEAD && System.nanoTime() - place.heardNanos > STEAL_NANOS;
        return takesLongerThanOthersDid
                ? LEAST_AHEAD
                : (int) Math.clamp(NANOS_AHEAD / place.chunkNanos, LEAST_AHEAD, MOST_AHEAD);
    }

    /** Whether a worker has had all that it may have before it is replaced. */
    boolean isSpent(Workplace place) {
        return mostTasks.isPresent() && place.assignedEver >= mostTasks.getAsInt();
    }

    /** Whether somebody has nothing to do. */
    boolean isAnyIdle() {
        return places.stream().anyMatch(place -> place.assigned.isEmpty() && hasRoom(place, 0));
    }

    /** Who has taken long, and the most before it that it has not begun; null if there is none. */
    @Nullable
    Workplace busiest(long now) {
        Workplace busiest = null;
        for (Workplace place : places) {
            if (place.assigned.size() > 1
                    && now - place.heardNanos > STEAL_NANOS
                    && (busiest == null || place.assigned.size() > busiest.assigned.size())) {
                busiest = place;
            }
        }
        return busiest;
    }
}
