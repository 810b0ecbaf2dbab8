package io.multiprocessing.examples;

import io.multiprocessing.Multiprocessing;

/**
 * A number that two processes share. The child adds 1 five times and prints what it has then; when it has ended, the
 * parent sees all of it: 5. The lambda captures the number as it would any variable; in the child it is the same one.
 *
 * <p>The Python idea: {@code Value('i', 0)}, given to a {@code Process}.
 */
public final class SharedCounter {
    private SharedCounter() {}

    public static void main(String[] args) throws InterruptedException {
        try (var mp = Multiprocessing.open()) {
            var counter = mp.intValue(0);

            var worker = mp.process(() -> {
                for (int i = 0; i < 5; i++) {
                    System.out.println("Worker: " + counter.increment());
                    Thread.sleep(10);
                }
            });
            worker.start();
            worker.join();

            System.out.println("Main: " + counter.get());
        }
    }
}
