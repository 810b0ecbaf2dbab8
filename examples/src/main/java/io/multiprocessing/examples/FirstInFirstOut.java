package io.multiprocessing.examples;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import io.multiprocessing.Queue;
import java.util.ArrayList;

/**
 * First in, first out, among several processes. Three producers put four letters each into one queue, all at the same
 * time, and the parent gets them. Letters of different producers may come in any order; those of one producer come as
 * it put them.
 *
 * <p>The Python idea: one {@code Queue} given to several processes.
 */
public final class FirstInFirstOut {
    private static final int PRODUCERS = 3;
    private static final int LETTERS = 4;

    private FirstInFirstOut() {}

    /** A message: records travel as they are. */
    record Letter(String from, int number) {}

    public static void main(String[] args) throws InterruptedException {
        try (var mp = Multiprocessing.open()) {
            Queue<Letter> letters = mp.queue();

            var producers = new ArrayList<Process>();
            for (int i = 1; i <= PRODUCERS; i++) {
                var name = "producer-" + i;
                producers.add(mp.process(() -> {
                            for (int number = 1; number <= LETTERS; number++) {
                                letters.put(new Letter(name, number));
                            }
                        })
                        .start());
            }

            for (int i = 0; i < PRODUCERS * LETTERS; i++) {
                var letter = letters.get();
                System.out.println("Letter " + letter.number() + " from " + letter.from());
            }
            for (var producer : producers) {
                producer.join();
            }
            System.out.println("All letters have come");
        }
    }
}
