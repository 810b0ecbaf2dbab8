package io.multiprocessing.examples;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import java.util.ArrayList;

/**
 * Five processes with names count together. Each asks for its own name, and holds the lock while it adds 1 and prints, so
 * the numbers come out in order, whoever comes first.
 *
 * <p>The Python idea: {@code Process(name=…)} and {@code current_process().name}, under a {@code Lock}.
 */
public final class NamedProcesses {
    private NamedProcesses() {}

    public static void main(String[] args) throws InterruptedException {
        try (var mp = Multiprocessing.open()) {
            var counter = mp.intValue(0);
            var lock = mp.lock();

            var processes = new ArrayList<Process>();
            for (int i = 1; i <= 5; i++) {
                var process = mp.process(() -> {
                    var name = Multiprocessing.currentProcess().name();
                    try (var _ = lock.hold()) {
                        System.out.println(name + " counts to " + counter.increment());
                        Thread.sleep(10);
                    }
                });
                processes.add(process.name("counter-" + i).start());
            }
            for (var process : processes) {
                process.join();
            }

            System.out.println("In the end: " + counter.get());
        }
    }
}
