package io.multiprocessing.examples;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Pool;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

/**
 * Work that computes takes half the time on two processes: how many primes there are, counted piece by piece by a pool of
 * one and by a pool of two. Each pool does it once before its time is taken, so that its code is compiled. On a machine that has nothing
 * else to do two are twice as fast, nearly.
 *
 * <p>The Python idea: {@code pool.map(count_primes, ranges)}.
 */
public final class PrimesInAPool {
    private static final int LIMIT = 6_000_000;
    private static final int PIECE = 100_000;
    private static final List<Integer> PIECES =
            IntStream.range(0, LIMIT / PIECE).boxed().toList();

    private PrimesInAPool() {}

    public static void main(String[] args) throws InterruptedException, ExecutionException {
        long one = millis(1);
        long two = millis(2);
        System.out.println("One process: " + one + " ms");
        System.out.println("Two processes: " + two + " ms, " + String.format(Locale.ROOT, "%.2f", (double) one / two)
                + " times as fast");
    }

    private static long millis(int processes) throws InterruptedException, ExecutionException {
        try (var mp = Multiprocessing.open();
                Pool pool = mp.pool(processes)) {
            int primes = count(pool);
            if (processes == 1) {
                System.out.println("Primes below " + LIMIT + ": " + primes);
            }
            long begin = System.nanoTime();
            if (count(pool) != primes) {
                throw new IllegalStateException("counted twice, with two results");
            }
            return (System.nanoTime() - begin) / 1_000_000;
        }
    }

    private static int count(Pool pool) throws InterruptedException, ExecutionException {
        return pool.map(PrimesInAPool::primes, PIECES, 1).stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    private static int primes(int piece) {
        int primes = 0;
        for (int number = piece * PIECE; number < (piece + 1) * PIECE; number++) {
            if (isPrime(number)) {
                primes++;
            }
        }
        return primes;
    }

    private static boolean isPrime(int number) {
        for (int divisor = 2; (long) divisor * divisor <= number; divisor++) {
            if (number % divisor == 0) {
                return false;
            }
        }
        return number > 1;
    }
}
