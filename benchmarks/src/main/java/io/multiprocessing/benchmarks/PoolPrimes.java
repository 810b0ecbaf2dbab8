package io.multiprocessing.benchmarks;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Pool;
import io.multiprocessing.benchmarks.harness.Benchmark;
import io.multiprocessing.benchmarks.harness.Effort;
import io.multiprocessing.benchmarks.harness.Peer;
import io.multiprocessing.benchmarks.harness.TimeBox;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Work that does nothing but compute: how many primes there are, counted piece by piece by a pool of 1, and by a pool of 2.
 * Each counts for a while before its time is taken, for a pool's first second compiles beside. On a machine with two
 * processors that are free, 2 is what can be reached.
 */
final class PoolPrimes implements Benchmark {
    private static final int LIMIT = 6_000_000;
    private static final int PEER_LIMIT = 200_000;
    private static final int PIECES = 40;

    @Override
    public String name() {
        return "pool-primes";
    }

    @Override
    public String description() {
        return "count primes: how many times faster a pool of 2 is than a pool of 1";
    }

    @Override
    public String unit() {
        return "times";
    }

    @Override
    public boolean isMoreBetter() {
        return true;
    }

    @Override
    public double ours(Effort effort) throws Exception {
        int piece = effort.operations(LIMIT) / PIECES;
        return nanosPerMap(1, piece, effort) / nanosPerMap(2, piece, effort);
    }

    /** In a context of its own: in one where workers have come and gone, JVMs for the next ones start meanwhile. */
    private static double nanosPerMap(int workers, int piece, Effort effort) throws Exception {
        List<Integer> pieces = IntStream.range(0, PIECES).boxed().toList();
        try (var mp = Multiprocessing.open();
                Pool pool = mp.pool(workers)) {
            List<Integer> primes = pool.map(n -> primes(n * piece, (n + 1) * piece), pieces, 1);
            return TimeBox.nanosPerOperation(effort, 1, () -> {
                if (!pool.map(n -> primes(n * piece, (n + 1) * piece), pieces, 1)
                        .equals(primes)) {
                    throw new IllegalStateException("counted twice, with two results");
                }
            });
        }
    }

    private static int primes(int from, int to) {
        int primes = 0;
        for (int number = Math.max(from, 2); number < to; number++) {
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
        return true;
    }

    /** The same in Python, which takes some thirty times as long for each number, up to fewer numbers. */
    @Override
    public Peer peer() {
        return new Peer.Script(
                "pool_primes.py",
                effort -> List.of(effort.operations(PEER_LIMIT), PIECES, effort.warmUp(), effort.measure()));
    }
}
