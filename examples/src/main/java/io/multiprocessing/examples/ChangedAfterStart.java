package io.multiprocessing.examples;

import io.multiprocessing.Multiprocessing;
import java.util.List;

/**
 * A number and an array that the parent changes while the child reads them. The child looks again and again: it sees the
 * old or the new, never anything else, and before long it sees the new.
 *
 * <p>The Python idea: {@code Value} and {@code Array}, changed by the parent after {@code process.start()}.
 */
public final class ChangedAfterStart {
    private static final List<Integer> OLD = List.of(1, 2, 3);
    private static final List<Integer> NEW = List.of(99, 2, 3);

    private ChangedAfterStart() {}

    public static void main(String[] args) throws InterruptedException {
        try (var mp = Multiprocessing.open()) {
            var number = mp.intValue(0);
            var array = mp.intArray(new int[] {1, 2, 3});

            var looked = mp.event();

            var worker = mp.process(() -> {
                System.out.println("Worker sees " + number.get() + " and " + array + " at first");
                looked.set();

                int seen;
                List<Integer> elements;
                do {
                    seen = number.get();
                    elements = array.stream().boxed().toList();
                    if (!List.of(0, 42).contains(seen) || !List.of(OLD, NEW).contains(elements)) {
                        throw new IllegalStateException("neither old nor new: " + seen + " and " + elements);
                    }
                } while (seen != 42 || !elements.equals(NEW));
                System.out.println("Worker sees " + seen + " and " + elements + " in the end");
            });
            worker.start();

            looked.await();
            number.set(42);
            array.set(0, 99);
            worker.join();
        }
    }
}
