package io.multiprocessing;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * What the workers of a {@link Pool} have done with their time, since the pool was started.
 *
 * @param workers one for each place in the pool, by number
 * @param slowest the tasks that took longest, at most ten, the slowest first; of inputs that are done within a few
 *     milliseconds it knows the slowest only
 */
public record PoolInsights(List<Worker> workers, List<SlowTask> slowest) implements Serializable {
    /**
     * A place in a pool, in which one worker after the other works.
     *
     * @param number its number, from 0
     * @param pid whose it is now; 0 if none lives there
     * @param starts how many workers were started there; one, and those that took the place of others
     * @param startUp how long they took, together, from their start until they were ready, initializer included
     * @param waiting how long they waited for tasks
     * @param working how long they worked on tasks that they did
     * @param tasks how many tasks or inputs they did, failed ones included
     */
    public record Worker(
            int number, long pid, int starts, Duration startUp, Duration waiting, Duration working, long tasks)
            implements Serializable {
        /** How many workers died or were replaced. */
        public int restarts() {
            return starts - 1;
        }
    }

    /**
     * A task or an input that took long.
     *
     * @param task which one
     * @param time how long it took
     * @param worker the number of the worker
     */
    public record SlowTask(String task, Duration time, int worker) implements Serializable {}

    public PoolInsights {
        workers = List.copyOf(workers);
        slowest = List.copyOf(slowest);
    }

    /** How many tasks or inputs were done. */
    public long tasks() {
        return workers.stream().mapToLong(Worker::tasks).sum();
    }

    /** How many workers took the place of another. */
    public int restarts() {
        return workers.stream().mapToInt(Worker::restarts).sum();
    }
}
