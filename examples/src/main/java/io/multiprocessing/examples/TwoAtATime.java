package io.multiprocessing.examples;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import java.util.ArrayList;

/**
 * A room for two. Four processes want to enter; the semaphore has two permits, so two are inside together and the others
 * wait until one leaves. Inside, each waits for a second one and counts who is there: it is never more than two.
 *
 * <p>The Python idea: {@code Semaphore(2)}, and a {@code Barrier} inside.
 */
public final class TwoAtATime {
    private TwoAtATime() {}

    public static void main(String[] args) throws InterruptedException {
        try (var mp = Multiprocessing.open()) {
            var permits = mp.semaphore(2);
            var together = mp.barrier(2);
            var inside = mp.intValue(0);
            var most = mp.intValue(0);

            var workers = new ArrayList<Process>();
            for (int i = 1; i <= 4; i++) {
                var name = "worker-" + i;
                var worker = mp.process(() -> {
                    try (var _ = permits.hold()) {
                        int now = inside.increment();
                        most.update(before -> Math.max(before, now));
                        System.out.println(name + " comes in: " + now + " inside");
                        together.await();
                        Thread.sleep(20);
                        inside.decrement();
                    }
                });
                workers.add(worker.name(name).start());
            }
            for (var worker : workers) {
                worker.join();
            }

            System.out.println("Most inside at once: " + most.get());
        }
    }
}
