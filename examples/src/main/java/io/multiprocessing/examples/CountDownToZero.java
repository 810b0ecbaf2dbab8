package io.multiprocessing.examples;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import java.util.ArrayList;
import java.util.Map;

/**
 * A hundred processes each take 1 from a number in a manager's dict. Each holds the lock while it reads and writes: what is
 * two calls is not one without it. They are started ten at a time, because a JVM each is much to ask of a small machine.
 *
 * <p>The Python idea: {@code with Manager() as manager}, {@code manager.dict(count=100)} and a {@code Lock}.
 */
public final class CountDownToZero {
    private static final int PROCESSES = 100;
    private static final int AT_A_TIME = 10;

    private CountDownToZero() {}

    public static void main(String[] args) throws InterruptedException {
        try (var mp = Multiprocessing.open();
                var manager = mp.manager()) {
            var dict = manager.dict(Map.of("count", PROCESSES));
            var lock = manager.lock();
            System.out.println("Count: " + dict.get("count"));

            for (int started = 0; started < PROCESSES; started += AT_A_TIME) {
                var processes = new ArrayList<Process>();
                for (int i = 0; i < AT_A_TIME; i++) {
                    var process = mp.process(() -> {
                        try (var _ = lock.hold()) {
                            int count = dict.getOrDefault("count", 0);
                            dict.put("count", count - 1);
                        }
                    });
                    processes.add(process.start());
                }
                for (var process : processes) {
                    process.join();
                }
            }

            System.out.println("Count: " + dict.get("count"));
        }
    }
}
