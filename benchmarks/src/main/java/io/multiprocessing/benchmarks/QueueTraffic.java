package io.multiprocessing.benchmarks;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import io.multiprocessing.Queue;
import io.multiprocessing.benchmarks.harness.Effort;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Messages through one queue: as many consumers as producers, a process each. All warm up on the queue that is measured
 * then, and start together. A producer puts for a given time, and then one last message that says so, which one consumer
 * gets and ends. The time from the start until all have ended is what counts, so what lies in the queue when the
 * producers end is paid for. If as many are got as were put, that is; otherwise the row fails.
 */
final class QueueTraffic {
    /** Puts messages. */
    @FunctionalInterface
    interface Producer<E> extends Serializable {
        /** Puts for a time, at least once, and then the last message; answers how many there were before that. */
        long putFor(Queue<E> queue, long nanos) throws InterruptedException;
    }

    /** Takes messages. */
    @FunctionalInterface
    interface Consumer<E> extends Serializable {
        /** Gets until it has got a last message; answers how many there were before that. */
        long getAll(Queue<E> queue) throws InterruptedException;
    }

    /** Makes the message with a number; that is negative for the last one. */
    @FunctionalInterface
    interface Maker<E> extends Serializable {
        E message(long number);
    }

    /** Tells the last message from others. */
    @FunctionalInterface
    interface Reader<E> extends Serializable {
        boolean isLast(E message);
    }

    private static final int BATCH = 50;
    private static final long LAST = -1;

    private final int pairs;
    private final int maxSize;

    /**
     * @param pairs how many producers, and how many consumers
     * @param maxSize the bound of the queue; 0 for none
     */
    QueueTraffic(int pairs, int maxSize) {
        this.pairs = pairs;
        this.maxSize = maxSize;
    }

    /** Messages per second, each put alone and got alone. */
    <E> double oneByOne(Effort effort, Maker<E> maker, Reader<E> reader) throws Exception {
        return this.<E>perSecond(
                effort,
                (queue, nanos) -> {
                    long number = 0;
                    long start = System.nanoTime();
                    do {
                        for (int i = 0; i < BATCH; i++) {
                            queue.put(maker.message(number++));
                        }
                    } while (System.nanoTime() - start < nanos);
                    queue.put(maker.message(LAST));
                    return number;
                },
                queue -> {
                    long messages = 0;
                    while (!reader.isLast(queue.get())) {
                        messages++;
                    }
                    return messages;
                });
    }

    /** Messages per second, put and got in a way of one's own. */
    <E> double perSecond(Effort effort, Producer<E> producer, Consumer<E> consumer) throws Exception {
        try (var mp = Multiprocessing.open()) {
            Queue<E> queue = mp.queue(maxSize);
            Course course = new Course(mp, pairs);
            Queue<Long> counts = mp.queue();
            long warmUp = Course.warmUp(effort, pairs).toNanos();
            long measure = effort.measure().toNanos();
            List<Process> processes = new ArrayList<>();
            for (int i = 0; i < pairs; i++) {
                processes.add(course.start(
                        () -> producer.putFor(queue, warmUp), () -> counts.put(producer.putFor(queue, measure))));
                processes.add(course.start(() -> consumer.getAll(queue), () -> counts.put(-consumer.getAll(queue))));
            }
            long elapsed = course.run(effort);
            long left = 0;
            long messages = 0;
            for (int i = 0; i < processes.size(); i++) {
                long count = counts.get(effort.roundLimit());
                left += count;
                messages += Math.max(count, 0);
            }
            course.end(processes, effort);
            if (left != 0 || !queue.isEmpty()) {
                throw new IllegalStateException(left + " messages of " + messages + " were lost");
            }
            return messages * 1e9 / elapsed;
        }
    }
}
