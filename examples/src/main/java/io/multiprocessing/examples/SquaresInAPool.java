package io.multiprocessing.examples;

import io.multiprocessing.Multiprocessing;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

/**
 * A pool of four processes squares ten numbers. The results come in the order of the numbers, whichever process was
 * first.
 *
 * <p>The Python idea: {@code with Pool(4) as pool: pool.map(worker, range(10))}.
 */
public final class SquaresInAPool {
    private SquaresInAPool() {}

    public static void main(String[] args) throws InterruptedException, ExecutionException {
        try (var mp = Multiprocessing.open();
                var pool = mp.pool(4)) {
            var numbers = IntStream.range(0, 10).boxed().toList();
            System.out.println("Squares: " + pool.map(number -> number * number, numbers));
            System.out.println(
                    "Workers: " + pool.workerPids().stream().distinct().count());
        }
    }
}
