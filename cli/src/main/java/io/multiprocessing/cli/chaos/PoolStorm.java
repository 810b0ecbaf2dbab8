package io.multiprocessing.cli.chaos;

import io.multiprocessing.IntArray;
import io.multiprocessing.LongArray;
import io.multiprocessing.Pool;
import io.multiprocessing.PoolOptions;
import io.multiprocessing.PoolResults;
import io.multiprocessing.Task;
import io.multiprocessing.WorkerDiedException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/**
 * Pools whose workers are killed while they map: every result is there once, or its failure is named, and nothing that was handed
 * out one by one is done twice. The workers of a pool
 * whose own process dies end with it.
 */
final class PoolStorm extends Storm {
    private static final Duration MAP_ENDS = Duration.ofSeconds(40);
    private static final int WORKERS = 2;
    private static final int RETRIES = 1_000;
    private static final int MOST_KILLS = 3;
    private static final List<Integer> INPUTS = IntStream.range(0, 60).boxed().toList();
    private static final List<Integer> SQUARES =
            INPUTS.stream().map(PoolStorm::square).toList();

    PoolStorm(Ground ground) {
        super(ground);
    }

    @Override
    public String name() {
        return "pool";
    }

    @Override
    protected Task victim(LongArray roll, long serial) {
        return () -> Worker.victim(new PoolStorm(Ground.of(roll)), serial);
    }

    @Override
    protected int weight() {
        return 1;
    }

    @Override
    protected Duration longestLife() {
        return Duration.ofMillis(600);
    }

    @Override
    protected boolean startsProcesses() {
        return true;
    }

    @Override
    protected Duration patience() {
        return Duration.ofMinutes(2);
    }

    @Override
    protected void round(Worker me) throws InterruptedException {
        boolean isRetried = me.chance(2);
        var options = PoolOptions.defaults()
                .size(WORKERS)
                .retries(isRetried ? RETRIES : 0)
                .restartLimit(RETRIES, Duration.ofHours(1));
        try (Pool pool = ground.mp().pool(options)) {
            int chunkSize = me.chance(2) ? 1 : 1 + me.pick(10);
            if (isRetried) {
                mapAll(me, pool, chunkSize);
            } else {
                mapEach(me, pool, chunkSize);
            }
        }
        me.did();
    }

    private static void mapAll(Worker me, Pool pool, int chunkSize) throws InterruptedException {
        CompletableFuture<List<Integer>> map = pool.mapAsync(PoolStorm::slowSquare, INPUTS, chunkSize);
        for (int i = me.pick(MOST_KILLS); i >= 0; i--) {
            kill(me, pool);
        }
        try {
            List<Integer> results = map.get(MAP_ENDS.toMillis(), TimeUnit.MILLISECONDS);
            if (!results.equals(SQUARES)) {
                me.violation("a map with retries gave " + results);
            }
        } catch (ExecutionException | TimeoutException failed) {
            me.violation("a map with retries did not end well: " + failed + ", " + pool);
            pool.terminate();
        }
    }

    private void mapEach(Worker me, Pool pool, int chunkSize) throws InterruptedException {
        try (IntArray runs = ground.mp().intArray(INPUTS.size());
                PoolResults<Integer> results = pool.imap(
                        n -> {
                            runs.getAndAdd(n, 1);
                            return slowSquare(n);
                        },
                        INPUTS,
                        chunkSize,
                        INPUTS.size())) {
            for (int i = 0; i < INPUTS.size(); i++) {
                if (i % (INPUTS.size() / MOST_KILLS) == 0) {
                    kill(me, pool);
                }
                try {
                    Integer result = results.next(MAP_ENDS);
                    if (!SQUARES.get(i).equals(result)) {
                        me.violation("input " + i + " of a map gave " + result);
                    }
                } catch (CompletionException failed) {
                    if (!(failed.getCause() instanceof WorkerDiedException)) {
                        me.violation("input " + i + " of a map failed: " + failed.getCause());
                    }
                } catch (TimeoutException late) {
                    me.violation("input " + i + " of a map has no result: " + pool);
                    pool.terminate();
                    return;
                }
            }
            if (results.hasNext()) {
                me.violation("a map has more results than inputs");
            }
            if (chunkSize == 1 && Arrays.stream(runs.toArray()).anyMatch(times -> times > 1)) {
                me.violation("a map without retries ran inputs twice: " + runs.asList());
            }
        }
    }

    private static void kill(Worker me, Pool pool) throws InterruptedException {
        Thread.sleep(me.pick(40));
        List<Long> pids = pool.workerPids();
        if (!pids.isEmpty()) {
            ProcessHandle.of(pids.get(me.pick(pids.size()))).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private static int slowSquare(int n) throws InterruptedException {
        Thread.sleep(n % 3);
        return square(n);
    }

    private static int square(int n) {
        return n * n;
    }

    @Override
    protected void afterDeath(Death death, Findings findings) throws InterruptedException {
        death.expectFamilyToEnd(findings);
    }
}
