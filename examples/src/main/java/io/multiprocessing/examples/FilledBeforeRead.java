package io.multiprocessing.examples;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Queue;

/**
 * A queue that is filled before anyone reads it. The producer puts five numbers and ends; only then the consumer starts,
 * and gets until nothing is left. Joining the producer first is safe: what was put is in shared memory, not in a thread
 * of the producer that has to be waited for.
 *
 * <p>The Python idea: {@code Queue()}, {@code put}, and {@code get} until {@code queue.empty()}.
 */
public final class FilledBeforeRead {
    private FilledBeforeRead() {}

    public static void main(String[] args) throws InterruptedException {
        try (var mp = Multiprocessing.open()) {
            Queue<Integer> queue = mp.queue();

            var producer = mp.process(() -> {
                        for (int i = 0; i < 5; i++) {
                            queue.put(i);
                            System.out.println("Put " + i);
                        }
                    })
                    .start();
            producer.join();
            System.out.println("The producer has ended, and " + queue.size() + " numbers wait");

            var consumer = mp.process(() -> {
                        while (!queue.isEmpty()) {
                            System.out.println("Got " + queue.get());
                        }
                    })
                    .start();
            consumer.join();
            System.out.println("The queue is empty: " + queue.isEmpty());
        }
    }
}
