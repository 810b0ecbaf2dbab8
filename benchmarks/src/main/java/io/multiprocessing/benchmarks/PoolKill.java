package io.multiprocessing.benchmarks;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Pool;
import io.multiprocessing.PoolOptions;
import io.multiprocessing.benchmarks.harness.Benchmark;
import io.multiprocessing.benchmarks.harness.Effort;
import io.multiprocessing.benchmarks.harness.Peer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * A pool of 2, with retries, maps tasks that take 10 ms each, and one worker is killed in the middle: how much longer it
 * takes than undisturbed. The map must be complete. The peer's never ends.
 */
final class PoolKill implements Benchmark {
    private static final int WORKERS = 2;
    private static final int INPUTS = 1_000;
    private static final int TASK_MILLIS = 10;
    private static final int PEER_WAITS_SECONDS = 5;

    @Override
    public String name() {
        return "pool-kill";
    }

    @Override
    public String description() {
        return "how much longer a map takes when a worker is killed on the way";
    }

    @Override
    public String unit() {
        return "ms";
    }

    @Override
    public double ours(Effort effort) throws Exception {
        int inputs = effort.operations(INPUTS);
        try (var mp = Multiprocessing.open();
                Pool pool = mp.pool(PoolOptions.defaults().size(WORKERS).retries(1))) {
            mapMillis(pool, WORKERS, false, effort);
            double undisturbed = mapMillis(pool, inputs, false, effort);
            double disturbed = mapMillis(pool, inputs, true, effort);
            return Math.max(disturbed - undisturbed, 0.1);
        }
    }

    private static double mapMillis(Pool pool, int count, boolean isKilled, Effort effort) throws Exception {
        List<Integer> inputs = IntStream.range(0, count).boxed().toList();
        long start = System.nanoTime();
        CompletableFuture<List<Integer>> map = pool.mapAsync(
                n -> {
                    Thread.sleep(TASK_MILLIS);
                    return n;
                },
                inputs);
        if (isKilled) {
            Thread.sleep(count * (long) TASK_MILLIS / WORKERS / 2);
            ProcessHandle.of(pool.workerPids().getFirst()).orElseThrow().destroyForcibly();
        }
        if (!map.get(effort.roundLimit().toSeconds(), TimeUnit.SECONDS).equals(inputs)) {
            throw new IllegalStateException("the map is wrong");
        }
        return (System.nanoTime() - start) / 1e6;
    }

    @Override
    public Peer peer() {
        return new Peer.Script("pool_kill.py", effort -> List.of(effort.operations(INPUTS) / 10, PEER_WAITS_SECONDS));
    }
}
