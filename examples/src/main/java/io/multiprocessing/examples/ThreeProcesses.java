package io.multiprocessing.examples;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import java.util.ArrayList;

/**
 * Three processes at once: start them, wait for them. Each says when it starts and ends, in whatever order they come to
 * it; the parent speaks last.
 *
 * <p>The Python idea: {@code Process(target=worker, args=(number,))}, {@code start()}, {@code join()}.
 */
public final class ThreeProcesses {
    private ThreeProcesses() {}

    public static void main(String[] args) throws InterruptedException {
        try (var mp = Multiprocessing.open()) {
            var processes = new ArrayList<Process>();
            for (int i = 0; i < 3; i++) {
                int number = i;
                processes.add(mp.process(() -> work(number)).start());
            }
            for (var process : processes) {
                process.join();
            }

            System.out.println("All done");
        }
    }

    private static void work(int number) throws InterruptedException {
        System.out.println("Process " + number + " starts");
        Thread.sleep(20);
        System.out.println("Process " + number + " ends");
    }
}
