package io.multiprocessing.examples;

import io.multiprocessing.Multiprocessing;
import java.util.concurrent.ConcurrentMap;

/**
 * A dict that a manager keeps. Five children, one after another, each put one entry and print all values there are.
 *
 * <p>The Python idea: {@code Manager().dict()}.
 */
public final class GrowingDict {
    private GrowingDict() {}

    public static void main(String[] args) throws InterruptedException {
        try (var mp = Multiprocessing.open();
                var manager = mp.manager()) {
            ConcurrentMap<Integer, Integer> dict = manager.dict();
            for (int i = 0; i < 5; i++) {
                int key = i;
                var child = mp.process(() -> {
                    dict.put(key, key + 100);
                    System.out.println("Child " + key + ": " + dict.values());
                });
                child.start().join();
            }
        }
    }
}
