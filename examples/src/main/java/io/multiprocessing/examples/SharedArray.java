package io.multiprocessing.examples;

import io.multiprocessing.Multiprocessing;

/**
 * An array that two processes share. The child adds 1 to one element after another and prints the array each time; the
 * parent finds it changed.
 *
 * <p>The Python idea: {@code Array('i', [0, 0, 0])}.
 */
public final class SharedArray {
    private SharedArray() {}

    public static void main(String[] args) throws InterruptedException {
        try (var mp = Multiprocessing.open()) {
            var numbers = mp.intArray(new int[] {0, 0, 0});

            var worker = mp.process(() -> {
                for (int i = 0; i < numbers.length(); i++) {
                    numbers.add(i, 1);
                    System.out.println("Worker: " + numbers);
                    Thread.sleep(10);
                }
            });
            worker.start();
            worker.join();

            System.out.println("Main: " + numbers);
        }
    }
}
