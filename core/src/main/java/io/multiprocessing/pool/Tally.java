package io.multiprocessing.pool;

import io.multiprocessing.PoolInsights;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What workers have done with their time, as they reported it. All under the pool's lock. */
final class Tally {
    private static final int MOST_SLOW = 10;

    private static final class Place {
        int starts;
        long startUpNanos;
        long waitingNanos;
        long workingNanos;
        long tasks;
    }

    private record Slow(String task, long nanos, int worker) {}

    private final List<Place> places = new ArrayList<>();
    private final List<Slow> slowest = new ArrayList<>();

    Tally(int size) {
        for (int i = 0; i < size; i++) {
            places.add(new Place());
        }
    }

    void started(int worker) {
        places.get(worker).starts++;
    }

    void ready(int worker, long nanos) {
        places.get(worker).startUpNanos += nanos;
    }

    void reported(int worker, Chunk chunk, Report report) {
        Place place = places.get(worker);
        place.waitingNanos += report.waitedNanos();
        place.workingNanos += report.workedNanos();
        place.tasks += report.to() - report.from();
        if (report.slowestNanos() > leastSlowNanos()) {
            if (slowest.size() == MOST_SLOW) {
                slowest.removeLast();
            }
            slowest.add(new Slow(chunk.describe(report.slowest()), report.slowestNanos(), worker));
            slowest.sort(Comparator.comparingLong(Slow::nanos).reversed());
        }
    }

    private long leastSlowNanos() {
        return slowest.size() < MOST_SLOW ? -1 : slowest.getLast().nanos();
    }

    PoolInsights snapshot(List<Workplace> workplaces) {
        List<PoolInsights.Worker> workers = new ArrayList<>();
        for (Workplace workplace : workplaces) {
            Place place = places.get(workplace.number);
            workers.add(new PoolInsights.Worker(
                    workplace.number,
                    workplace.isAlive() ? workplace.pid : 0,
                    place.starts,
                    Duration.ofNanos(place.startUpNanos),
                    Duration.ofNanos(place.waitingNanos),
                    Duration.ofNanos(place.workingNanos),
                    place.tasks));
        }
        List<PoolInsights.SlowTask> tasks = slowest.stream()
                .map(slow -> new PoolInsights.SlowTask(slow.task(), Duration.ofNanos(slow.nanos()), slow.worker()))
                .toList();
        return new PoolInsights(workers, tasks);
    }
}
