package io.multiprocessing.examples;

import io.multiprocessing.Multiprocessing;
import java.util.List;
import java.util.Map;

/**
 * A list and a dict that a manager keeps. A child changes an element of each, under a lock, and the parent sees it.
 *
 * <p>The Python idea: {@code manager.list([1, 2, 3])} and {@code manager.dict(name="Alice", age=25)}.
 */
public final class ChangedByAChild {
    private ChangedByAChild() {}

    public static void main(String[] args) throws InterruptedException {
        try (var mp = Multiprocessing.open();
                var manager = mp.manager()) {
            var numbers = manager.list(List.of(1, 2, 3));
            var person = manager.<String, Object>dict(Map.of("name", "Alice"));
            var lock = manager.lock();
            System.out.println("Main: " + numbers + ", " + person);

            var child = mp.process(() -> {
                try (var _ = lock.hold()) {
                    numbers.set(1, 20);
                    person.put("name", "Bob");
                    System.out.println("Child: " + numbers + ", " + person);
                }
            });
            child.start().join();

            System.out.println("Main: " + numbers + ", " + person);
        }
    }
}
