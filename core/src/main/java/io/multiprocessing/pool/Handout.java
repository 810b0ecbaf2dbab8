package io.multiprocessing.pool;

import io.multiprocessing.SegmentException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Puts what waits into the inboxes of workers, as far as there is room. All under the pool's lock.
 *
 * <p>Where no shared memory is left for a chunk, it waits until somebody has done something, which frees some; if nobody has
 * anything to do, it will never fit, and its inputs fail. So do they at once if this process has no heap left to write them.
 */
final class Handout {
    private final Crew crew;
    private final Balance balance;
    private final Backlog backlog;
    private final Streams streams;
    private final Life life;
    private final Consumer<Job> whenDone;
    private final List<Runnable> refusals = new ArrayList<>();

    /** @param whenDone is told, without the lock, of jobs that may be done */
    Handout(Crew crew, Balance balance, Backlog backlog, Streams streams, Life life, Consumer<Job> whenDone) {
        this.crew = crew;
        this.balance = balance;
        this.backlog = backlog;
        this.streams = streams;
        this.life = life;
        this.whenDone = whenDone;
    }

    void assign() {
        for (Chunk next = backlog.peek(); next != null; next = backlog.peek()) {
            Workplace place = balance.leastBusy(next.firstBytes());
            if (place == null) {
                break;
            }
            Chunk chunk = backlog.take(balance.share(place, backlog.units()));
            if (!hand(chunk, place)) {
                break;
            }
            if (balance.isSpent(place)) {
                place.finish();
            }
        }
        if (life.isShutDown() && backlog.isEmpty() && streams.isEmpty()) {
            endIdle();
        }
    }

    private boolean hand(Chunk chunk, Workplace place) {
        try {
            if (place.hand(chunk)) {
                return true;
            }
        } catch (SegmentException noMemory) {
            if (crew.handedOut() == 0) {
                refuse(chunk, noMemory);
                return true;
            }
        } catch (OutOfMemoryError full) {
            String what = "a message with " + chunk.bytes() + " bytes of input";
            refuse(chunk, Failures.tooLargeForPool(what, Runtime.getRuntime().maxMemory(), full));
            return true;
        }
        backlog.addFirst(List.of(chunk));
        return false;
    }

    private void refuse(Chunk chunk, Throwable why) {
        refusals.add(() -> {
            chunk.failFrom(0, why);
            whenDone.accept(chunk.job);
        });
        crew.wake();
    }

    private void endIdle() {
        for (Workplace place : crew.places) {
            if (place.assigned.isEmpty() && place.doom == null) {
                place.finish();
            }
        }
    }

    /** Adds what is to be said, without the lock, to those whose inputs never fit. */
    void report(List<Runnable> news) {
        news.addAll(refusals);
        refusals.clear();
    }
}
