package io.multiprocessing.examples;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Queue;
import io.multiprocessing.QueueEmptyException;
import io.multiprocessing.QueueFullException;
import java.time.Duration;

/**
 * A queue for nine numbers. When it is full, a put fails at once, after a time limit, or waits until somebody gets; when
 * it is empty, the same holds for a get. The other one who puts and gets here is a child process.
 *
 * <p>The Python idea: {@code Queue(9)}, {@code put(item, block, timeout)}, {@code get(block, timeout)}, {@code qsize()}, and
 * the exceptions {@code queue.Full} and {@code queue.Empty}.
 */
public final class FullAndEmpty {
    private static final int SIZE = 9;
    private static final Duration LIMIT = Duration.ofMillis(200);

    private FullAndEmpty() {}

    public static void main(String[] args) throws InterruptedException {
        try (var mp = Multiprocessing.open()) {
            Queue<Integer> queue = mp.queue(SIZE);
            for (int i = 1; i <= SIZE; i++) {
                queue.put(i);
            }
            System.out.println("Size " + queue.size() + ", full: " + queue.isFull());

            long start = System.nanoTime();
            try {
                queue.putNow(10);
            } catch (QueueFullException full) {
                System.out.println("Full at once: " + isWithin(start));
            }
            start = System.nanoTime();
            try {
                queue.put(10, LIMIT);
            } catch (QueueFullException full) {
                System.out.println("Full after the limit: " + !isWithin(start));
            }

            var taker = mp.process(() -> System.out.println("The child gets " + queue.get()))
                    .start();
            queue.put(10); // waits until the child has made room
            taker.join();
            System.out.println("Size " + queue.size() + " again");

            int sum = 0;
            while (!queue.isEmpty()) {
                sum += queue.get();
            }
            System.out.println("Sum of the others: " + sum);

            start = System.nanoTime();
            try {
                queue.getNow();
            } catch (QueueEmptyException empty) {
                System.out.println("Empty at once: " + isWithin(start));
            }
            start = System.nanoTime();
            try {
                queue.get(LIMIT);
            } catch (QueueEmptyException empty) {
                System.out.println("Empty after the limit: " + !isWithin(start));
            }

            var giver = mp.process(() -> queue.put(11)).start();
            System.out.println("Waited for " + queue.get());
            giver.join();
        }
    }

    private static boolean isWithin(long start) {
        return System.nanoTime() - start < LIMIT.toNanos();
    }
}
